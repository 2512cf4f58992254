package dev.tempo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Topic;
import dev.tempo.messaging.letters.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The lock of this test's groups is 1.5 s. */
class WorkQueueTest extends MessagingFixture {
    @Autowired
    WorkQueues queues;

    @Autowired
    ReaderContext context;

    @Autowired
    TopicCreation preparation;

    private final List<Answer> done = new CopyOnWriteArrayList<>();
    private final Map<Answer, String> failed = new ConcurrentHashMap<>();
    private WorkQueues.Suspects<Answer> suspects;

    @BeforeEach
    void makeSuspects() throws Exception {
        suspects = new WorkQueues.Suspects<>(topic(1), failed::put);
    }

    @Test
    void aWorkerTakesWhatWasThereBeforeItJoined() throws Exception {
        Topic<Answer> topic = topic(4);
        publisher.publishAll(topic, answers(0, 20));
        started(queue("late", List.of(topic), 8, batch -> {
            assertThat(batch).hasSizeLessThanOrEqualTo(8);
            done.addAll(batch);
        }));
        await().atMost(PATIENCE).until(() -> done.size() == 20);
        assertThat(done).containsExactlyInAnyOrderElementsOf(answers(0, 20));
    }

    @Test
    void nothingThatAProducerCanWriteStopsAWorker() throws Exception {
        Topic<Answer> topic = topic(1);
        publishPoison(topic);
        publisher.publish(topic, answer(1));
        started(queue("poisoned-workers", List.of(topic), 8, done::addAll));

        await().atMost(PATIENCE).until(() -> done.size() == 1);
        assertThat(deadLetters(topic, POISON.size()))
                .hasSize(POISON.size())
                .allSatisfy(letter ->
                        assertThat(header(letter, "reason")).isNotBlank().isNotEqualTo("null"));
    }

    @Test
    void trainingGoesBeforeEvaluation() throws Exception {
        Topic<Answer> training = topic(1);
        Topic<Answer> evaluation = topic(1);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        publisher.publish(training, answer(0));
        started(queue("priority", List.of(training, evaluation), 2, batch -> {
            if (batch.contains(answer(0))) {
                busy.countDown();
                waitFor(go);
            }
            done.addAll(batch);
        }));
        waitFor(busy);
        publisher.publishAll(evaluation, answers(100, 106));
        publisher.publishAll(training, answers(1, 5));
        go.countDown();
        await().atMost(PATIENCE).until(() -> done.size() == 11);
        // at most one batch can have been under way when the first training message came
        assertThat(done.subList(0, 7)).containsAll(answers(0, 5));
    }

    @Test
    void slowWorkIsNotStolenByAnotherWorker() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publish(topic, answer(0));
        AtomicBoolean working = new AtomicBoolean();
        started(queue("slow", List.of(topic), 4, batch -> {
            working.set(true);
            waitUntil(() -> false, Duration.ofSeconds(5));
            done.addAll(batch);
        }));
        await().atMost(PATIENCE).until(working::get);
        List<Answer> stolen = new CopyOnWriteArrayList<>();
        started(queue("slow", List.of(topic), 4, stolen::addAll));
        await().atMost(PATIENCE).until(() -> done.size() == 1);
        publisher.publish(topic, answer(1));
        await().atMost(PATIENCE).until(() -> done.size() + stolen.size() == 2);
        assertThat(stolen).doesNotContain(answer(0));
    }

    @Test
    void whatADeadWorkerHeldComesToAnotherOne() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publish(topic, answer(0));
        preparation.shareFromTheBeginning("dying", () -> true);
        try (ShareConsumer<String, byte[]> dead = clients.worker("dying", 1)) {
            dead.subscribe(List.of(topic.name()));
            await().atMost(PATIENCE)
                    .until(() -> dead.poll(Duration.ofMillis(200)).count() == 1);
            started(queue("dying", List.of(topic), 4, done::addAll));
            await().atMost(PATIENCE).until(() -> done.equals(answers(0, 1)));
        }
        assertThat(end(suspects.topic())).isZero();
    }

    @Test
    void onlyTheRequestThatKeepsFailingFailsWithItsReasonAndIsADeadLetter() throws Exception {
        Topic<Answer> topic = topic(1);
        AtomicInteger attempts = new AtomicInteger();
        publisher.publishAll(topic, answers(0, 3));
        publishGarbage(topic);
        started(queue("failing-worker", List.of(topic), 8, batch -> {
            if (batch.contains(answer(1))) {
                if (batch.size() == 1) {
                    attempts.incrementAndGet();
                }
                throw new IllegalStateException("cannot generate");
            }
            done.addAll(batch);
        }));
        assertThat(deadLetters(topic, 1)).extracting(ConsumerRecord::key).containsExactly("bad");
        assertThat(deadLetters(suspects.topic(), 1))
                .extracting(ConsumerRecord::key)
                .containsExactly("q1");
        assertThat(failed).containsExactly(Map.entry(answer(1), "cannot generate"));
        await().atMost(PATIENCE).until(() -> done.containsAll(List.of(answer(0), answer(2))));
        // what was done comes again where the lock ran out meanwhile
        assertThat(done).containsOnly(answer(0), answer(2));
        assertThat(attempts).hasValue(4);
    }

    @Test
    void aRequestThatTheHandlerRefusesIsADeadLetterAtOnceAndWhatCameWithItIsDone() throws Exception {
        Topic<Answer> topic = topic(1);
        AtomicInteger alone = new AtomicInteger();
        publisher.publishAll(topic, answers(0, 3));
        started(queue("refusing-worker", List.of(topic), 8, batch -> {
            if (batch.contains(answer(1))) {
                if (batch.size() == 1) {
                    alone.incrementAndGet();
                }
                throw new RefusedException("nobody asked for this");
            }
            done.addAll(batch);
        }));

        assertThat(deadLetters(topic, 1))
                .allSatisfy(letter -> assertThat(header(letter, "reason")).contains("nobody asked for this"))
                .extracting(ConsumerRecord::key)
                .containsExactly("q1");
        await().atMost(PATIENCE).until(() -> done.size() >= 2);
        assertThat(done).containsExactlyInAnyOrder(answer(0), answer(2));
        assertThat(alone).hasValue(1);
        assertThat(failed).isEmpty();
        assertThat(end(suspects.topic())).isZero();
    }

    @Test
    void whatTwoWorkersTookAndDidNotFinishIsTriedAlone() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 4));
        die("twice", topic, 8, 4);
        die("twice", topic, 8, 4);
        started(queue("twice", List.of(topic), 8, batch -> {
            assertThat(batch).hasSize(1);
            done.addAll(batch);
        }));
        await().atMost(PATIENCE).until(() -> done.size() == 4);
        assertThat(done).containsExactlyInAnyOrderElementsOf(answers(0, 4));
        assertThat(end(suspects.topic())).isEqualTo(4);
        assertThat(failed).isEmpty();
    }

    @Test
    void aRequestThatTakesWorkersDownAloneIsFailedWithThatReasonAndThoseBehindItAreNot() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(suspects.topic(), answers(0, 3));
        die("deadly", suspects.topic(), 1, 1);
        die("deadly", suspects.topic(), 1, 1);
        started(queue("deadly", List.of(topic), 8, done::addAll));
        await().atMost(PATIENCE).until(() -> done.size() == 2 && failed.size() == 1);
        assertThat(done).containsExactly(answer(1), answer(2));
        assertThat(failed.get(answer(0))).startsWith("taken 4 times").contains("the last 2 times alone");
        assertThat(deadLetters(suspects.topic(), 1))
                .extracting(ConsumerRecord::key)
                .containsExactly("q0");
    }

    @Test
    void aCopyOfAFailedRequestFailsAtOnceForTheSameReasonAndIsNoLetter() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publish(suspects.topic(), answer(0));
        die("copied", suspects.topic(), 1, 1);
        die("copied", suspects.topic(), 1, 1);
        WorkQueue first = started(queue("copied", List.of(topic), 8, done::addAll));
        await().atMost(PATIENCE).until(() -> failed.size() == 1);
        String reason = failed.remove(answer(0));
        deadLetters(suspects.topic(), 1);

        publisher.publishAll(topic, answers(0, 2));
        await().atMost(PATIENCE).until(() -> failed.size() + done.size() == 2);
        assertThat(failed).containsExactly(Map.entry(answer(0), reason));
        assertThat(done).containsExactly(answer(1));
        first.stop();
        failed.clear();

        WorkQueues ofAnotherProcess = new WorkQueues(context);
        started(ofAnotherProcess.on("copied", List.of(topic), 8, done::addAll, suspects));
        publisher.publish(suspects.topic(), answer(0));
        await().atMost(PATIENCE).until(() -> failed.size() == 1);
        assertThat(failed).containsExactly(Map.entry(answer(0), reason));
        assertThat(done).containsExactly(answer(1));
        assertThat(end(new Topic<>(
                        suspects.topic().deadLetters(), Answer.class, Answer::question, false, false, "test")))
                .isEqualTo(1);
    }

    @Test
    void aFailedRequestThatSomebodyReplaysIsTriedAnew() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publish(suspects.topic(), answer(0));
        die("replayed", suspects.topic(), 1, 1);
        die("replayed", suspects.topic(), 1, 1);
        started(queue("replayed", List.of(topic), 8, done::addAll));
        ConsumerRecord<String, byte[]> letter = deadLetters(suspects.topic(), 1).get(0);

        ProducerRecord<String, byte[]> again =
                new ProducerRecord<>(suspects.topic().name(), letter.key(), letter.value());
        again.headers().add("replayed", new byte[] {'0'});
        publisher.send(List.of(again));
        await().atMost(PATIENCE).until(() -> done.equals(answers(0, 1)));
    }

    @Test
    void noSuspectIsTriedWhileAnotherWorkerOfTheProcessIsAtWork() throws Exception {
        Topic<Answer> topic = topic(1);
        CountDownLatch working = new CountDownLatch(1);
        AtomicBoolean finish = new AtomicBoolean();
        Consumer<List<Answer>> handler = batch -> {
            if (batch.contains(answer(0))) {
                working.countDown();
                waitUntil(finish::get, PATIENCE);
            }
            done.addAll(batch);
        };
        started(queue("two-at-once", List.of(topic), 1, handler));
        started(queue("two-at-once", List.of(topic), 1, handler));
        publisher.publish(topic, answer(0));
        waitFor(working);
        publisher.publish(suspects.topic(), answer(1));
        publisher.publish(topic, answer(2));
        await().atMost(PATIENCE).until(() -> done.contains(answer(2)));
        // longer than the time after which the idle one looks
        waitUntil(() -> done.contains(answer(1)), Duration.ofSeconds(8));
        assertThat(done).containsExactly(answer(2));

        finish.set(true);
        await().atMost(PATIENCE).until(() -> done.size() == 3);
        assertThat(done).containsExactly(answer(2), answer(0), answer(1));
        assertThat(failed).isEmpty();
    }

    @Test
    void anErrorOfTheHandlerIsTheRequestsFailureAndStopsNoWorker() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 2));
        started(queue("erring-worker", List.of(topic), 8, batch -> {
            if (batch.contains(answer(0))) {
                throw new LinkageError("no such class");
            }
            done.addAll(batch);
        }));
        await().atMost(PATIENCE).until(() -> done.size() == 1 && failed.size() == 1);
        assertThat(failed.get(answer(0))).contains("no such class");
    }

    /** A worker of the group that takes messages and is gone. */
    private void die(String group, Topic<Answer> topic, int most, int expected) {
        preparation.shareFromTheBeginning(group, () -> true);
        try (ShareConsumer<String, byte[]> dead = clients.worker(group, most)) {
            dead.subscribe(List.of(topic.name()));
            AtomicInteger taken = new AtomicInteger();
            await().atMost(PATIENCE)
                    .until(() ->
                            taken.addAndGet(dead.poll(Duration.ofMillis(200)).count()) == expected);
        }
    }

    @Test
    void waitingCountsAsNoDelivery() throws Exception {
        Topic<Answer> topic = topic(1);
        AtomicInteger refused = new AtomicInteger();
        publisher.publish(topic, answer(0));
        started(queue("waiting-worker", List.of(topic), 8, batch -> {
            if (refused.incrementAndGet() < 20) {
                throw new NotYetException("a policy version");
            }
            done.addAll(batch);
        }));
        await().atMost(PATIENCE).until(() -> done.equals(answers(0, 1)));
    }

    @Test
    void stoppingWaitsForTheWorkAtHandAndAcceptsIt() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publish(topic, answer(0));
        CountDownLatch working = new CountDownLatch(1);
        AtomicBoolean finish = new AtomicBoolean();
        WorkQueue queue = started(queue("stopping", List.of(topic), 1, batch -> {
            working.countDown();
            waitUntil(finish::get, PATIENCE);
            done.addAll(batch);
        }));
        assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
        Thread stopper = new Thread(queue::stop);
        stopper.start();
        await().atMost(PATIENCE).until(() -> !queue.isRunning());
        assertThat(done).isEmpty();
        finish.set(true);
        stopper.join();
        assertThat(done).isEqualTo(answers(0, 1));
        publisher.publish(topic, answer(1));
        List<Answer> next = new CopyOnWriteArrayList<>();
        started(queue("stopping", List.of(topic), 1, next::addAll));
        await().atMost(PATIENCE).until(() -> next.size() == 1);
        assertThat(next).isEqualTo(answers(1, 2));
    }

    @Test
    void aWorkerThatIsStoppedInOrderAgainAndAgainAccusesNoRequest() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publish(topic, answer(0));
        for (int stop = 0; stop < 6; stop++) {
            CountDownLatch working = new CountDownLatch(1);
            AtomicBoolean stopping = new AtomicBoolean();
            WorkQueue queue = queue("stopped-in-order", List.of(topic), 8, batch -> {
                working.countDown();
                waitUntil(stopping::get, PATIENCE);
                throw new CancellationException("the service stops");
            });
            queue.start();
            assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
            stopping.set(true);
            queue.stop();
        }

        started(queue("stopped-in-order", List.of(topic), 8, done::addAll));
        await().atMost(PATIENCE).until(() -> done.size() + failed.size() > 0);
        assertThat(failed).isEmpty();
        assertThat(done).containsExactly(answer(0));
    }

    @Test
    void whatTookAWorkerDownIsFailedAlthoughOthersWereStoppedInOrder() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publish(suspects.topic(), answer(0));
        die("stopped-and-killed", suspects.topic(), 1, 1);
        AtomicBoolean stopping = new AtomicBoolean();
        CountDownLatch working = new CountDownLatch(1);
        WorkQueue stopped = queue("stopped-and-killed", List.of(topic), 8, batch -> {
            working.countDown();
            waitUntil(stopping::get, PATIENCE);
            throw new CancellationException("the service stops");
        });
        stopped.start();
        assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
        stopping.set(true);
        stopped.stop();
        die("stopped-and-killed", suspects.topic(), 1, 1);

        started(queue("stopped-and-killed", List.of(topic), 8, done::addAll));
        await().atMost(PATIENCE).until(() -> done.size() + failed.size() > 0);
        assertThat(done).isEmpty();
        assertThat(failed.get(answer(0))).contains("the last 2 times alone");
    }

    private WorkQueue queue(String group, List<Topic<Answer>> topics, int most, Consumer<List<Answer>> handler) {
        return queues.on(group, topics, most, handler, suspects);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void waitUntil(BooleanSupplier condition, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
