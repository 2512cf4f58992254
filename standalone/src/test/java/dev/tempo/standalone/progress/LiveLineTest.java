package dev.tempo.standalone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveLineTest {
    private final LiveLine line = new LiveLine()
            .text(0, "test-time round 41 of 100")
            .bar(5, .5)
            .text(3, "unlabeled avg@16 0.596")
            .text(9, "1200 tokens/s")
            .text(2, "about 4:40 left");

    @Test
    void whereThereIsRoomEveryFieldIsShownInItsOrder() {
        assertThat(line.fit(119))
                .isEqualTo("test-time round 41 of 100 [############------------] | unlabeled avg@16 0.596"
                        + " | 1200 tokens/s | about 4:40 left");
    }

    @Test
    void whatMattersLeastIsLeftOffFirst() {
        assertThat(line.fit(79))
                .isEqualTo("test-time round 41 of 100 [####----] | unlabeled avg@16 0.596 | about 4:40 left");
        assertThat(line.fit(70)).isEqualTo("test-time round 41 of 100 | unlabeled avg@16 0.596 | about 4:40 left");
        assertThat(line.fit(59)).isEqualTo("test-time round 41 of 100 | about 4:40 left");
        assertThat(line.fit(30)).isEqualTo("test-time round 41 of 100");
    }

    @Test
    void ofAFirstFieldThatDoesNotFitTheBeginningIsShown() {
        assertThat(line.fit(20)).isEqualTo("test-time round 4...");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 59, 60, 79, 80, 100, 119, 200})
    void noLineIsWiderThanAsked(int width) {
        assertThat(line.fit(width)).hasSizeLessThanOrEqualTo(width);
        assertThat(line.text(1, "! judge-service: " + "endpoint does not answer ".repeat(20))
                        .fit(width))
                .hasSizeLessThanOrEqualTo(width)
                .startsWith("test-time round");
    }

    @Test
    void aBarIsNeverFullerThanFull() {
        assertThat(new LiveLine().text(0, "x").bar(1, 1.5).fit(12)).isEqualTo("x [########]");
        assertThat(new LiveLine().text(0, "x").bar(1, -1).fit(12)).isEqualTo("x [--------]");
    }
}
