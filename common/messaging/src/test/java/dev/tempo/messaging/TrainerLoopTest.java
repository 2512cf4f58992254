package dev.tempo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.FencedException;
import dev.tempo.contract.Topic;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.messaging.succession.GroupMembers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;

class TrainerLoopTest extends MessagingFixture {
    @Autowired
    TrainerLoops loops;

    /** Writes down all that it is told. */
    private static class Witness implements Trainer<Answer> {
        final List<String> told;

        Witness() {
            this(new CopyOnWriteArrayList<>());
        }

        Witness(List<String> told) {
            this.told = told;
        }

        @Override
        public void assigned() {
            told.add("assigned");
        }

        @Override
        public void revoked() {
            told.add("revoked");
        }

        @Override
        public void on(Received<Answer> received) {
            told.add(received.message().question() + "@" + received.offset());
        }
    }

    @Test
    void aTrainerWithoutCheckpointStartsAtTheEnd() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 3));
        Witness trainer = new Witness();
        started(loops.on("fresh", topic, trainer));
        await().atMost(PATIENCE).until(() -> trainer.told.contains("assigned"));
        publisher.publish(topic, answer(3));
        await().atMost(PATIENCE).until(() -> trainer.told.contains("q3@3"));
        assertThat(trainer.told).containsExactly("assigned", "q3@3");
    }

    @Test
    void aTrainerReadsAgainFromItsCheckpoint() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 4));
        List<String> told = new CopyOnWriteArrayList<>();
        started(loops.on("resuming", topic, loop -> new Witness(told) {
            @Override
            public void assigned() {
                super.assigned();
                loop.rewind(Map.of(0, 2L, 9, 0L));
            }
        }));
        await().atMost(PATIENCE).until(() -> told.size() == 3);
        assertThat(told).containsExactly("assigned", "q2@2", "q3@3");
    }

    @Test
    void aPositionMovesPastWhatTheBrokerHasDeleted() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 4));
        admin.deleteRecords(Map.of(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(4)))
                .all()
                .get();
        List<String> told = new CopyOnWriteArrayList<>();
        TrainerLoop<Answer> loop = started(loops.on("emptied", topic, read -> new Witness(told) {
            @Override
            public void assigned() {
                super.assigned();
                read.rewind(Map.of(0, 0L));
            }
        }));

        AtomicLong position = new AtomicLong(-1);
        await().atMost(PATIENCE).until(() -> {
            loop.post(() -> position.set(loop.positions().getOrDefault(0, -1L)));
            return position.get() == 4;
        });
        publisher.publish(topic, answer(4));
        await().atMost(PATIENCE).until(() -> told.size() == 2);
        assertThat(told).containsExactly("assigned", "q4@4");
    }

    @Test
    void nothingThatAProducerCanWriteStopsTheLoop() throws Exception {
        Topic<Answer> topic = topic(1);
        Witness trainer = new Witness();
        started(loops.on("poisoned", topic, trainer));
        await().atMost(PATIENCE).until(() -> trainer.told.contains("assigned"));
        publishPoison(topic);
        publisher.publish(topic, answer(1));

        await().atMost(PATIENCE).until(() -> trainer.told.size() > 1);
        assertThat(trainer.told).containsExactly("assigned", "q1@" + POISON.size());
        assertThat(deadLetters(topic, POISON.size()))
                .hasSize(POISON.size())
                .allSatisfy(letter ->
                        assertThat(header(letter, "reason")).isNotBlank().isNotEqualTo("null"));
    }

    @Test
    void aRefusedRowIsADeadLetterAndTheLoopGoesOn() throws Exception {
        Topic<Answer> topic = topic(1);
        List<Answer> taken = new CopyOnWriteArrayList<>();
        Trainer<Answer> trainer = new Trainer<>() {
            @Override
            public void assigned() {
                publisher.publishAll(topic, answers(0, 3));
            }

            @Override
            public void revoked() {}

            @Override
            public void on(Received<Answer> row) {
                if (row.offset() == 1) {
                    throw new RefusedException("no such round");
                }
                taken.add(row.message());
            }
        };
        started(loops.on("refusing-loop", topic, trainer));

        await().atMost(PATIENCE).until(() -> taken.size() == 2);
        assertThat(taken).containsExactly(answer(0), answer(2));
        assertThat(header(deadLetters(topic, 1).get(0), "reason")).isEqualTo("no such round");
    }

    @Test
    void rewindingInTheMiddleOfABatchLeavesNothingOutAndNeverGoesForward() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 4));
        List<String> told = new CopyOnWriteArrayList<>();
        started(loops.on("rewinding", topic, loop -> new Witness(told) {
            @Override
            public void assigned() {
                super.assigned();
                loop.rewind(Map.of(0, 1L));
                loop.rewind(Map.of(0, 3L));
            }

            @Override
            public void on(Received<Answer> received) {
                super.on(received);
                assertThat(loop.positions()).isEqualTo(Map.of(0, received.offset() + 1));
                assertThat(loop.ends()).as("wherever it reads").isEqualTo(Map.of(0, 4L));
                if (received.offset() == 2 && told.size() < 4) {
                    loop.rewind(Map.of(0, 0L));
                }
            }
        }));
        await().atMost(PATIENCE).until(() -> told.contains("q3@3"));
        assertThat(told).containsExactly("assigned", "q1@1", "q2@2", "q0@0", "q1@1", "q2@2", "q3@3");
    }

    @Test
    void postedEventsRunOnTheLoopThreadWhileNothingArrives() throws Exception {
        Witness trainer = new Witness();
        TrainerLoop<Answer> loop = started(loops.on("posted", topic(1), trainer));
        await().atMost(PATIENCE).until(() -> trainer.told.contains("assigned"));
        List<String> threads = new CopyOnWriteArrayList<>();
        List<Map<Integer, Long>> positions = new CopyOnWriteArrayList<>();
        for (int i = 1; i <= 200; i++) {
            loop.post(() -> threads.add(Thread.currentThread().getName()));
        }
        loop.post(() -> positions.add(loop.positions()));
        await().atMost(PATIENCE).until(() -> !positions.isEmpty());
        assertThat(threads).hasSize(200);
        assertThat(threads.stream().distinct()).singleElement().asString().startsWith("posted on ");
        assertThat(positions).containsExactly(Map.of(0, 0L));
        assertThatThrownBy(loop::positions).hasMessageContaining("use post");
    }

    @Test
    void anExceptionStopsTheLoopAndTurnsHealthDown() throws Exception {
        Topic<Answer> topic = topic(1);
        Witness trainer = new Witness() {
            @Override
            public void on(Received<Answer> received) {
                super.on(received);
                throw new IllegalStateException("run r: the loss of round 3 is NaN");
            }
        };
        TrainerLoop<Answer> loop = started(loops.on("broken", topic, trainer));
        await().atMost(PATIENCE).until(() -> trainer.told.contains("assigned"));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        publisher.publishAll(topic, answers(0, 2));
        await().atMost(PATIENCE).until(() -> trainer.told.contains("revoked"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.DOWN));
        assertThat(health.health().getDetails().get("broken on " + topic.name()))
                .asString()
                .contains("the loss of round 3 is NaN");
        assertThat(trainer.told).containsExactly("assigned", "q0@0", "revoked");
        loop.start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health.health().getStatus()).isEqualTo(Status.UP));
    }

    @Test
    void aFencedTrainerDropsWhatItHasAndJoinsTheGroupAnew() throws Exception {
        Topic<Answer> topic = topic(1);
        List<Integer> generations = new CopyOnWriteArrayList<>();
        List<String> told = new CopyOnWriteArrayList<>();
        started(loops.on("fenced", topic, loop -> new Witness(told) {
            @Override
            public void assigned() {
                super.assigned();
                generations.add(loop.generation());
                loop.rewind(Map.of(0, 0L));
            }

            @Override
            public void on(Received<Answer> received) {
                super.on(received);
                if (generations.size() == 1) {
                    throw new FencedException("a successor has a greater token");
                }
            }
        }));
        await().atMost(PATIENCE).until(() -> told.contains("assigned"));
        publisher.publishAll(topic, answers(0, 2));
        await().atMost(PATIENCE).until(() -> told.contains("q1@1"));
        assertThat(told).containsExactly("assigned", "q0@0", "revoked", "assigned", "q0@0", "q1@1");
        assertThat(generations.get(1)).isGreaterThan(generations.get(0));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void whatCannotBeReadIsADeadLetterAndTrainingGoesOn() throws Exception {
        Topic<Answer> topic = topic(1);
        Witness trainer = new Witness();
        started(loops.on("poisoned-trainer", topic, trainer));
        await().atMost(PATIENCE).until(() -> trainer.told.contains("assigned"));
        publishGarbage(topic);
        publisher.publish(topic, answer(1));
        await().atMost(PATIENCE).until(() -> trainer.told.contains("q1@1"));
        assertThat(header(deadLetters(topic, 1).get(0), "reader")).isEqualTo("poisoned-trainer");
    }

    @Test
    void aStandbyTakesOverWhenTheOwnerStops() throws Exception {
        Topic<Answer> topic = topic(1);
        Witness owner = new Witness();
        Witness standby = new Witness();
        TrainerLoop<Answer> first = started(loops.on("pair", topic, owner));
        await().atMost(PATIENCE).until(() -> owner.told.contains("assigned"));
        started(loops.on("pair", topic, standby));
        await().atMost(PATIENCE).until(() -> members("pair") == 2);
        publisher.publish(topic, answer(0));
        await().atMost(PATIENCE).until(() -> owner.told.contains("q0@0"));
        assertThat(standby.told).isEmpty();
        first.stop();
        assertThat(owner.told).containsExactly("assigned", "q0@0", "revoked");
        await().atMost(PATIENCE).until(() -> standby.told.contains("assigned"));
        assertThat(members("pair")).isOne();
    }

    private long members(String group) {
        return new GroupMembers(admin)
                .clients(PATIENCE).orElseThrow().stream()
                        .filter(client -> client.startsWith("test-" + group + "-"))
                        .count();
    }
}
