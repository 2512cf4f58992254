package dev.tempo.serving.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.UserException;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningSettingsTest {
    private static final URI QUESTIONS = URI.create("http://127.0.0.1:8083/v1/questions");
    private static final LearningWish NOBODY = new LearningWish(Consent.UNSAID, Consent.UNSAID, "chats");

    private static LearningSettings share(double share) {
        return new LearningSettings(share, QUESTIONS, null, null);
    }

    private static List<Integer> taken(double share) {
        return IntStream.range(0, 4000)
                .filter(number -> share(share).takes("What is " + number + " + 1?", NOBODY))
                .boxed()
                .toList();
    }

    @Test
    void theTextAloneDecidesWhatIsInAShare() {
        List<Integer> some = taken(.3);
        // 4000 draws at .3 have a standard deviation of 29.
        assertThat(some).hasSizeBetween(1100, 1300).isEqualTo(taken(.3));
        assertThat(taken(.5))
                .as("who raises the share takes more, and none fewer")
                .containsAll(some);
        assertThat(taken(0)).isEmpty();
        assertThat(taken(1)).hasSize(4000);
    }

    @ParameterizedTest
    @CsvSource({
        "UNSAID, UNSAID, 0, false",
        "UNSAID, UNSAID, 1, true",
        "YES, UNSAID, 0, true",
        "UNSAID, YES, 0, true",
        "NO, UNSAID, 1, false",
        "UNSAID, NO, 1, false",
        "YES, NO, 1, false",
        "NO, YES, 1, false"
    })
    void aNoOfAnybodyIsANo(Consent asker, Consent key, double share, boolean taken) {
        assertThat(share(share).takes("What is 1 + 1?", new LearningWish(asker, key, "chats")))
                .isEqualTo(taken);
    }

    @Test
    void whatCannotBeMeantIsRefused() {
        assertThatThrownBy(() -> share(1.5)).isInstanceOf(UserException.class).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> share(Double.NaN)).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> new LearningSettings(1, URI.create("policy:8083"), null, null))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("policy:8083");
        assertThatThrownBy(() -> new LearningSettings(1, QUESTIONS, null, " "))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("domain");
        assertThat(new LearningSettings(1, QUESTIONS, "a secret key", null).toString())
                .doesNotContain("secret");
        assertThatThrownBy(() -> Consent.of(List.of("yes", "no"))).hasMessageContaining("not both");
        assertThatThrownBy(() -> Consent.of("perhaps")).hasMessageContaining("yes or no");
        assertThat(Consent.of(List.of("Yes", "yes "))).isEqualTo(Consent.YES);
    }
}
