package dev.tempo.standalone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private static final String ERASE = "\r\u001b[2K";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private int width = 80;
    private final Screen screen = Screen.live(new PrintStream(printed, true, StandardCharsets.UTF_8), () -> width);

    @Test
    void aLineThatStaysTakesThePlaceOfTheLiveOne() {
        StatusLine line = new StatusLine(screen, true);
        line.show("round 1");
        line.print("measured");
        line.print("measured again");

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("round 1" + ERASE + "measured" + System.lineSeparator() + "measured again"
                        + System.lineSeparator());
    }

    @Test
    void allRowsOfALineThatANarrowerTerminalHasWrappedAreErased() {
        StatusLine line = new StatusLine(screen, true);
        line.show("x".repeat(79));
        width = 30;
        line.erase();

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("x".repeat(79) + ERASE + ("\u001b[1A" + ERASE).repeat(2));
    }

    @Test
    void nothingAboveIsTouchedWhereATerminalMayNotWrapAnew() {
        StatusLine line = new StatusLine(screen, false);
        line.show("x".repeat(79));
        width = 30;
        line.erase();

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualTo("x".repeat(79) + ERASE);
    }

    @Test
    void whereNothingIsShownNothingIsErased() {
        new StatusLine(screen, true).erase();

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
