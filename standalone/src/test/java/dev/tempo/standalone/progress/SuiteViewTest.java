package dev.tempo.standalone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuiteViewTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    /** Rounds of two seconds each: 130 in the quickstart, of which the 126th is the first that is left. */
    private String after126Rounds(LaterRuns later) {
        Screen screen = Screen.live(new PrintStream(printed, true, StandardCharsets.UTF_8), () -> 120);
        try (SuiteView view = new SuiteView(screen, "1 of 3: TEMPO, seed 0", later, () -> now)) {
            view.begin(Told.run(Told.QUICKSTART), Told.journal(Told.QUICKSTART), Path.of("logs"), "page");
            for (int version = 121; version <= 126; version++) {
                now = now.plusSeconds(2);
                view.published(Told.version(version, Map.of()));
            }
            printed.reset();
            view.refresh(0, null);
            return printed.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void theTimeOfTheSuiteIsSaidBesideThatOfTheRun() {
        assertThat(after126Rounds(new LaterRuns(Duration.ofMinutes(3), 0))).contains("about 0:08 left", "3:08 in all");
    }

    @Test
    void runsWhosePaceNobodyKnowsGoAtThePresentOnes() {
        assertThat(after126Rounds(new LaterRuns(Duration.ZERO, 100))).contains("about 0:08 left", "3:28 in all");
    }

    @Test
    void theLastRunsTimeIsTheSuites() {
        assertThat(after126Rounds(LaterRuns.NONE)).contains("about 0:08 left").doesNotContain("in all");
    }
}
