package dev.tempo.serving.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.ArrivingQuestion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ChatQuestionsTest {
    private static final LearningWish NOBODY = new LearningWish(Consent.UNSAID, Consent.UNSAID, "chats, local");

    private static ChatQuestions road(URI address) {
        return new ChatQuestions(
                new LearningSettings(1, address, null, null), new SimpleMeterRegistry(), Duration.ofMillis(5));
    }

    private static String answer(int number) {
        return String.format("%032x", number);
    }

    @Test
    void whatTheAddressDoesNotWantIsNotSentAgain() {
        try (QuestionAddress address = new QuestionAddress();
                ChatQuestions road = road(address.uri())) {
            for (int status : new int[] {400, 422, 413}) {
                address.answer(status);
                assertThat(road.hand(answer(status), "What is 1 + 1?", NOBODY)).contains("chat-" + answer(status));
            }
            await().until(() -> Objects.equals(road.counts().get("refused"), 3L));
            assertThat(address.sent()).hasSize(3);
            assertThat(road.problem()).isEmpty();
        }
    }

    @Test
    void whatCannotBeHandedOverIsTriedAgainThenCountedAndSaidWithoutItsText() {
        try (QuestionAddress address = new QuestionAddress();
                ChatQuestions road = road(address.uri())) {
            address.answer(503);
            road.hand(answer(1), "A secret: 17?", NOBODY);
            await().until(() -> Objects.equals(road.counts().get("failed"), 1L));
            assertThat(address.sent()).hasSize(4).allMatch(sent -> sent.contains(answer(1)));
            assertThat(road.problem()).contains(address.uri() + " answers 503");
            address.answer(401);
            road.hand(answer(2), "What is 2 + 1?", NOBODY);
            await().until(() -> Objects.equals(road.counts().get("failed"), 2L));
            assertThat(address.sent()).as("a key that is none stays none").hasSize(5);
            address.answer(202);
            road.hand(answer(3), "What is 3 + 1?", NOBODY);
            await().until(() -> Objects.equals(road.counts().get("taken"), 1L));
            assertThat(road.problem()).isEmpty();
        }
        QuestionAddress gone = new QuestionAddress();
        gone.close();
        try (ChatQuestions road = road(gone.uri())) {
            road.hand(answer(1), "What is 1 + 1?", NOBODY);
            await().until(() -> Objects.equals(road.counts().get("failed"), 1L));
            assertThat(road.problem()).contains(gone.uri() + " is not in reach: ConnectException");
            assertThat(road.delete("chat-" + answer(1)).join()).isFalse();
        }
    }

    @Test
    void aQuestionThatIsDeletedBeforeItIsSentIsNeverSent() {
        CountDownLatch first = new CountDownLatch(1);
        try (QuestionAddress address = new QuestionAddress();
                ChatQuestions road = road(address.uri())) {
            address.wait(first);
            road.hand(answer(1), "What is 1 + 1?", NOBODY);
            road.hand(answer(2), "What is 2 + 1?", NOBODY);
            CompletableFuture<Boolean> deleted = road.delete("chat-" + answer(2));
            first.countDown();
            assertThat(deleted.join()).isTrue();
            assertThat(address.sent())
                    .noneMatch(sent -> sent.contains("What is 2"))
                    .last()
                    .isEqualTo("DELETE /v1/questions/chat-" + answer(2));
            assertThat(road.counts()).containsEntry("deleted", 1L);
        }
    }

    @Test
    void aFloodIsDroppedAndCounted() {
        CountDownLatch first = new CountDownLatch(1);
        try (QuestionAddress address = new QuestionAddress();
                ChatQuestions road = road(address.uri())) {
            address.wait(first);
            int taken = 0;
            for (int number = 0; number < ChatQuestions.MOST_OPEN + 20; number++) {
                taken += road.hand(answer(number), "What is " + number + " + 1?", NOBODY)
                                .isPresent()
                        ? 1
                        : 0;
            }
            assertThat(taken).isEqualTo(ChatQuestions.MOST_OPEN);
            assertThat(road.counts()).containsEntry("dropped", 20L);
            first.countDown();
            await().until(() -> Objects.equals(road.counts().get("taken"), (long) ChatQuestions.MOST_OPEN));
            assertThat(road.hand(answer(999), "x".repeat(ArrivingQuestion.LONGEST + 1), NOBODY))
                    .as("the bounds are those of any question that arrives")
                    .isEmpty();
            assertThat(road.hand(answer(998), " ", NOBODY)).isEmpty();
            assertThat(road.counts()).containsEntry("unfit", 2L);
        }
    }

    @Test
    void onlyAnIdOfAChatCanBeDeletedHere() {
        assertThat(ChatQuestions.isOne("chat-" + answer(7))).isTrue();
        for (String other : new String[] {"kiosk.17", "q-" + answer(7), "chat-7", "chat-" + answer(7) + "/x", ""}) {
            assertThat(ChatQuestions.isOne(other)).as(other).isFalse();
        }
    }
}
