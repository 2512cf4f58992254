package dev.tempo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Topic;
import dev.tempo.messaging.letters.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SubscriptionTest extends MessagingFixture {
    @Autowired
    Subscriptions subscriptions;

    private final List<Answer> got = new CopyOnWriteArrayList<>();

    @Test
    void aGroupSharesATopicAndCommitsWhatItHandled() throws Exception {
        Topic<Answer> topic = topic(4);
        List<Answer> other = new CopyOnWriteArrayList<>();
        publisher.publishAll(topic, answers(0, 20));
        Subscription first = started(subscriptions.inGroup("shared", topic, got::addAll));
        Subscription second = started(subscriptions.inGroup("shared", topic, other::addAll));
        assertThat(first.awaitCaughtUp(PATIENCE)).isTrue();
        assertThat(second.awaitCaughtUp(PATIENCE)).isTrue();
        await().atMost(PATIENCE).until(() -> {
            publisher.publishAll(topic, answers(20, 40));
            return !got.isEmpty() && !other.isEmpty();
        });
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(Set.copyOf(concatenated(got, other))).hasSize(40);
            assertThat(committed("shared").values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isGreaterThanOrEqualTo(40);
        });
    }

    @Test
    void aMemberThatComesBackGoesOnWhereTheGroupWas() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 3));
        Subscription first = started(subscriptions.inGroup("returning", topic, got::addAll));
        await().atMost(PATIENCE).until(() -> got.size() == 3);
        first.stop();
        publisher.publish(topic, answer(3));
        started(subscriptions.inGroup("returning", topic, got::addAll));
        await().atMost(PATIENCE).until(() -> got.size() == 4);
        assertThat(got).isEqualTo(answers(0, 4));
    }

    @Test
    void manyMessagesAtOnceAllComeInTheirOrder() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 25_000));
        started(subscriptions.inGroup("many", topic, got::addAll));
        await().atMost(PATIENCE).until(() -> got.size() == 25_000);
        assertThat(got).isEqualTo(answers(0, 25_000));
    }

    @Test
    void aMessageThatKeepsFailingGoesAloneToTheDeadLetters() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 8));
        started(subscriptions.inGroup("failing", topic, messages -> {
            if (messages.contains(answer(5))) {
                throw new IllegalStateException("cannot take q5");
            }
            got.addAll(messages);
        }));
        var letter = deadLetters(topic, 1).get(0);
        assertThat(Wire.read(Answer.class, letter.value())).isEqualTo(answer(5));
        assertThat(header(letter, "reason")).isEqualTo("cannot take q5");
        assertThat(header(letter, "reader")).isEqualTo("failing");
        assertThat(header(letter, "offset")).isEqualTo("5");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(committed("failing").values()).containsExactly(8L));
        assertThat(got).hasSize(7).doesNotContain(answer(5));
        assertThat(meters.counter("tempo.messaging.dead.letters", "topic", topic.name())
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeReadBlocksNothing() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publish(topic, answer(0));
        publishGarbage(topic);
        publisher.publish(topic, answer(1));
        started(subscriptions.inGroup("poisoned", topic, got::addAll));
        await().atMost(PATIENCE).until(() -> got.equals(answers(0, 2)));
        assertThat(deadLetters(topic, 1).get(0).key()).isEqualTo("bad");
    }

    @Test
    void nothingThatAProducerCanWriteBlocksWhatComesBehindIt() throws Exception {
        Topic<Answer> topic = topic(1);
        publishPoison(topic);
        publisher.publish(topic, answer(1));
        List<Answer> byEverybody = new CopyOnWriteArrayList<>();
        List<Answer> aboveTheMark = new CopyOnWriteArrayList<>();

        started(subscriptions.inGroup("poisoned-group", topic, got::addAll));
        started(subscriptions.everything(topic, byEverybody::add));
        started(subscriptions.withLowWaterMark("poisoned-mark", topic, unfinishedFrom(Long.MAX_VALUE, aboveTheMark)));

        await().atMost(PATIENCE).until(() -> got.size() == 1 && byEverybody.size() == 1 && aboveTheMark.size() == 1);
        assertThat(deadLetters(topic, 3 * POISON.size()))
                .hasSize(3 * POISON.size())
                .allSatisfy(letter ->
                        assertThat(header(letter, "reason")).isNotBlank().isNotEqualTo("null"));
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
    }

    @Test
    void aRefusedMessageIsADeadLetterAtOnceAndItsNeighboursAreNeitherTriedAgainNorHeldUp() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 5));
        List<Answer> byEverybody = new CopyOnWriteArrayList<>();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        started(subscriptions.inGroup("refusing", topic, batch -> {
            sizes.add(batch.size());
            int bad = batch.indexOf(answer(2));
            got.addAll(bad < 0 ? batch : batch.subList(0, bad));
            if (bad >= 0) {
                throw new RefusedException("nobody asked for q2", bad);
            }
        }));
        started(subscriptions.everything(topic, message -> {
            if (message.equals(answer(3))) {
                throw new RefusedException("nobody asked for q3");
            }
            byEverybody.add(message);
        }));

        await().atMost(PATIENCE).until(() -> got.size() == 4 && byEverybody.size() == 4);
        assertThat(got).containsExactly(answer(0), answer(1), answer(3), answer(4));
        assertThat(byEverybody).containsExactly(answer(0), answer(1), answer(2), answer(4));
        assertThat(deadLetters(topic, 2))
                .extracting(ConsumerRecord::key, letter -> header(letter, "reason"))
                .containsExactlyInAnyOrder(tuple("q2", "nobody asked for q2"), tuple("q3", "nobody asked for q3"));
    }

    @Test
    void aHeldMessageCanBeRefusedLaterByItsPlaceByteForByte() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 3));

        subscriptions.refusals("holder", topic).refuse(0, 1, "its run has ended");

        ConsumerRecord<String, byte[]> letter = deadLetters(topic, 1).get(0);
        assertThat(letter.key()).isEqualTo("q1");
        assertThat(letter.value()).isEqualTo(Wire.write(answer(1)));
        assertThat(header(letter, "reader")).isEqualTo("holder");
        assertThat(header(letter, "offset")).isEqualTo("1");
        assertThat(header(letter, "reason")).isEqualTo("its run has ended");
    }

    @Test
    void aReaderSaysWhenItHasHandledAllThatWasThereWhenItWasAsked() throws Exception {
        Topic<Answer> topic = topic(3);
        CountDownLatch held = new CountDownLatch(1);
        FullSubscription<Answer> reader = started(subscriptions.everything(topic, message -> {
            if (message.equals(answer(19))) {
                awaitUninterrupted(held);
            }
            got.add(message);
        }));
        publisher.publishAll(topic, answers(0, 20));

        BooleanSupplier read = reader.readToPresentEnd();
        try {
            await().during(Duration.ofMillis(600)).atMost(PATIENCE).until(() -> !read.getAsBoolean());
        } finally {
            held.countDown();
        }

        await().atMost(PATIENCE).until(read::getAsBoolean);
        assertThat(got).containsExactlyInAnyOrderElementsOf(answers(0, 20));
        BooleanSupplier again = reader.readToPresentEnd();
        await().atMost(PATIENCE).until(again::getAsBoolean);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void waitingHoldsTheCommitAndLetsNothingPass() throws Exception {
        Topic<Answer> topic = topic(1);
        AtomicBoolean ready = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        started(subscriptions.inGroup("waiting", topic, messages -> {
            if (!ready.get()) {
                refused.incrementAndGet();
                throw new NotYetException("the other topic");
            }
            got.addAll(messages);
        }));
        publisher.publishAll(topic, answers(0, 5));
        await().atMost(PATIENCE).until(() -> refused.get() > 10);
        publisher.publishAll(topic, answers(5, 10));
        assertThat(committed("waiting")).isEmpty();
        ready.set(true);
        await().atMost(PATIENCE).until(() -> got.size() == 10);
        assertThat(got).isEqualTo(answers(0, 10));
        assertThat(end(new Topic<>(topic.deadLetters(), Answer.class, Answer::question, false, false, "")))
                .isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(committed("waiting").values()).containsExactly(10L));
    }

    @Test
    void waitingAfterAFailureIsNoFailureEither() throws Exception {
        Topic<Answer> topic = topic(1);
        AtomicInteger calls = new AtomicInteger();
        started(subscriptions.inGroup("failed-once", topic, messages -> {
            int call = calls.incrementAndGet();
            if (call == 1) {
                throw new IllegalStateException("out of luck");
            }
            if (call < 20) {
                throw new NotYetException("the other topic");
            }
            got.addAll(messages);
        }));
        publisher.publish(topic, answer(0));
        await().atMost(PATIENCE).until(() -> got.equals(answers(0, 1)));
        assertThat(end(new Topic<>(topic.deadLetters(), Answer.class, Answer::question, false, false, "")))
                .isZero();
    }

    @Test
    void whatFailsAfterItHasWaitedIsADeadLetter() throws Exception {
        Topic<Answer> topic = topic(1);
        AtomicInteger calls = new AtomicInteger();
        started(subscriptions.inGroup("waited", topic, messages -> {
            if (calls.incrementAndGet() < 10) {
                throw new NotYetException("the other topic");
            }
            throw new IllegalStateException("broken");
        }));
        publisher.publish(topic, answer(0));
        assertThat(header(deadLetters(topic, 1).get(0), "reason")).isEqualTo("broken");
        assertThat(calls).hasValue(9 + 2);
    }

    @Test
    void whatWasDoneBeforeWaitingDoesNotComeAgain() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 3));
        started(subscriptions.inGroup("partly", topic, messages -> {
            if (got.isEmpty() && messages.size() > 1) {
                got.addAll(messages.subList(0, 2));
                throw new NotYetException("the other topic", 2);
            }
            got.addAll(messages);
        }));
        await().atMost(PATIENCE).until(() -> got.size() >= 3);
        assertThat(got).isEqualTo(answers(0, 3));
    }

    @Test
    void anErrorOfTheHandlerEndsTheLoopAndHealthSaysWhy() throws Exception {
        Topic<Answer> topic = topic(1);
        Subscription broken = started(subscriptions.inGroup("erring", topic, messages -> {
            throw new LinkageError("no such native");
        }));
        publisher.publish(topic, answer(0));
        await().atMost(PATIENCE).until(() -> !broken.isRunning());
        assertThat(health.health().getDetails().get("erring on " + topic.name()))
                .asString()
                .contains("no such native");
    }

    @Test
    void everyInstanceReadsEverythingAndKnowsWhenItHasCaughtUp() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 3));
        List<Answer> other = new CopyOnWriteArrayList<>();
        List<Integer> seenBefore = new CopyOnWriteArrayList<>();
        Subscription first = started(subscriptions.everything(topic, got::add, () -> seenBefore.add(got.size())));
        Subscription second = started(subscriptions.everything(topic, other::add));
        assertThat(first.awaitCaughtUp(PATIENCE)).isTrue();
        assertThat(second.awaitCaughtUp(PATIENCE)).isTrue();
        assertThat(got).isEqualTo(answers(0, 3));
        publisher.publish(topic, answer(3));
        await().atMost(PATIENCE).until(() -> got.size() == 4 && other.size() == 4);
        assertThat(seenBefore).containsExactly(3);
    }

    @Test
    void whoAsksForWhatWasWrittenSinceATimeGetsNothingFromBefore() throws Exception {
        Topic<Answer> topic = topic(2);
        List<Received<Answer>> all = new CopyOnWriteArrayList<>();
        publisher.publishAll(topic, answers(0, 20));
        Subscription first = started(subscriptions.everythingSince(Instant.EPOCH, topic, all::add, () -> {}));
        assertThat(first.awaitCaughtUp(PATIENCE)).isTrue();
        assertThat(all).hasSize(20);
        Instant since = all.stream()
                .map(Received::written)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plusMillis(1);
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(since));
        publisher.publishAll(topic, answers(20, 40));

        Subscription later =
                started(subscriptions.everythingSince(since, topic, received -> got.add(received.message()), () -> {}));
        assertThat(later.awaitCaughtUp(PATIENCE)).isTrue();
        assertThat(got).containsExactlyInAnyOrderElementsOf(answers(20, 40));

        Subscription tomorrow = started(subscriptions.everythingSince(
                since.plus(Duration.ofDays(1)), topic, received -> got.add(received.message()), () -> {}));
        assertThat(tomorrow.awaitCaughtUp(PATIENCE)).isTrue();
        assertThat(got).hasSize(20);
    }

    @Test
    void aTopicThatIsDeletedAndMadeAnewIsReadFromItsBeginning() throws Exception {
        Topic<Answer> topic = topic(1);
        List<String> logs = new CopyOnWriteArrayList<>();
        publisher.publishAll(topic, answers(0, 3));
        started(subscriptions.everythingWithPlace(topic, logs::add, received -> got.add(received.message()), () -> {}));
        await().atMost(PATIENCE).until(() -> got.size() == 3);
        admin.deleteTopics(List.of(topic.name())).all().get();
        await().atMost(PATIENCE).ignoreExceptions().until(() -> {
            admin.createTopics(List.of(new NewTopic(topic.name(), 1, (short) 1)))
                    .all()
                    .get();
            return true;
        });
        publisher.publishAll(topic, answers(10, 16));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(got)
                        .as("a reader that went on at its old offset would have missed the first three")
                        .containsAll(answers(10, 16)));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(logs).hasSize(2).doesNotHaveDuplicates());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(got)
                        .as("and all of the new one comes after its id")
                        .endsWith(answers(10, 16).toArray(Answer[]::new)));
    }

    @Test
    void anEmptyTopicIsCaughtUpWithAtOnce() throws Exception {
        Subscription empty = started(subscriptions.everything(topic(1), got::add));
        assertThat(empty.awaitCaughtUp(PATIENCE)).isTrue();
        assertThat(got).isEmpty();
    }

    @Test
    void whatIsNotFinishedComesAgainAfterARestart() throws Exception {
        Topic<Answer> topic = topic(1);
        publisher.publishAll(topic, answers(0, 5));
        Subscription first = started(subscriptions.withLowWaterMark("gathering", topic, unfinishedFrom(2)));
        await().atMost(PATIENCE).until(() -> got.size() == 5);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(committed("gathering")).isEqualTo(Map.of(new TopicPartition(topic.name(), 0), 2L)));
        first.stop();
        got.clear();
        started(subscriptions.withLowWaterMark("gathering", topic, unfinishedFrom(Long.MAX_VALUE)));
        await().atMost(PATIENCE).until(() -> got.size() == 3);
        assertThat(got).isEqualTo(answers(2, 5));
    }

    private LowWaterMarkHandler<Answer> unfinishedFrom(long offset) {
        return unfinishedFrom(offset, got);
    }

    private static LowWaterMarkHandler<Answer> unfinishedFrom(long offset, List<Answer> got) {
        return new LowWaterMarkHandler<>() {
            @Override
            public Map<Integer, Long> on(List<Received<Answer>> received) {
                received.forEach(answer -> got.add(answer.message()));
                return Map.of(0, offset);
            }

            @Override
            public void revoked(Set<Integer> partitions) {
                assertThat(partitions).containsExactly(0);
            }
        };
    }

    private static List<Answer> concatenated(List<Answer> first, List<Answer> second) {
        List<Answer> both = new CopyOnWriteArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
