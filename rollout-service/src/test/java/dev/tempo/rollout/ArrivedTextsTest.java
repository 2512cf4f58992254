package dev.tempo.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.runs.ShadowQuestion;
import org.junit.jupiter.api.Test;

class ArrivedTextsTest {
    private final ArrivedTexts texts = new ArrivedTexts();

    @Test
    void aRequestIsGoneOnceItsQuestionIsDeletedOrAsksSomethingElse() {
        texts.on(new ArrivingQuestion("a", "1 + 1?", null, null));
        assertThat(texts.isGone(request("a", "1 + 1?"))).isFalse();
        assertThat(texts.isGone(request("a", "9 + 9?"))).isTrue();
        assertThat(texts.isGone(request("never", "1 + 1?")))
                .as("it may not have been read yet")
                .isFalse();
        texts.on(ArrivingQuestion.deleted("a"));
        assertThat(texts.isGone(request("a", "1 + 1?"))).isTrue();
        texts.on(new ArrivingQuestion("a", "1 + 1?", null, null));
        assertThat(texts.isGone(request("a", "1 + 1?"))).isFalse();
    }

    @Test
    void onlyTheNewestDeletionsAreRemembered() {
        for (int i = 0; i <= ArrivedTexts.MOST_DELETED; i++) {
            texts.on(ArrivingQuestion.deleted("q" + i));
        }
        assertThat(texts.isGone(request("q0", "1 + 1?"))).isFalse();
        assertThat(texts.isGone(request("q1", "1 + 1?"))).isTrue();
    }

    @Test
    void shadowTrafficIsGoneWithTheQuestionThatItRepeats() {
        String id = new ShadowQuestion(30, "kiosk.chat-1").id();
        texts.on(new ArrivingQuestion("kiosk.chat-1", "1 + 1?", null, null));
        assertThat(texts.isGone(request(Purpose.EVALUATION, id, "1 + 1?"))).isFalse();
        assertThat(texts.isGone(request(Purpose.EVALUATION, id, "9 + 9?"))).isTrue();
        texts.on(ArrivingQuestion.deleted("kiosk.chat-1"));
        assertThat(texts.isGone(request(Purpose.EVALUATION, id, "1 + 1?"))).isTrue();
    }

    private static RolloutRequest request(String id, String text) {
        return request(Purpose.UNLABELED, "arrived/" + id, text);
    }

    private static RolloutRequest request(Purpose purpose, String question, String text) {
        return new RolloutRequest(
                new RequestId("run", 0, purpose, 0, question),
                7,
                new ModelReference("file:///base", "0".repeat(64)),
                "default",
                text,
                1,
                new Generation(1, 8, null));
    }
}
