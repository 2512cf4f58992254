package dev.tempo.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.messaging.letters.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Dead letters as ./tempo dlt prints them: whoever wrote their keys, headers and bytes, a line stays a line, and nothing steers a terminal. */
class HostileLetterTextTest {

    private static final class NoText extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void whatATerminalMightTakeForALineIsWrittenOut() {
        assertThat(LetterText.printable("a\u2028b\u2029c\u202ed\u0007\n", true))
                .isEqualTo("a\\x2028b\\x2029c\\x202ed\\x07\n");
    }

    @Test
    void letters() {
        HostileInputs.of("dead letters on a terminal")
                .seeds(
                        "{\"run\":\"r\",\"round\":3,\"tokens\":[1,2,3],\"text\":\"1+1\"}",
                        "[[1],{\"a\":{\"b\":null}}]",
                        "sample 99 of r/0/labeled/q1 is none of the 2 that are asked for")
                .words("\u001b[2J", "\u009b", "\r", "\u202e", "\u2028")
                .refusedBy(NoText.class)
                // every character may become four
                .allocating(600, 16 << 20)
                .into(input -> {
                    String text = new String(input, StandardCharsets.UTF_8);
                    DeadLetter letter = new DeadLetter(
                            "runs",
                            Long.MAX_VALUE,
                            Instant.ofEpochMilli(
                                    input.length < 8
                                            ? -1
                                            : ByteBuffer.wrap(input).getLong()),
                            text,
                            ByteBuffer.wrap(input).asReadOnlyBuffer(),
                            Map.of("reader", text, "reason", text, text, "x"));
                    assertThat(LetterText.line(letter)).doesNotContainPattern("[\\p{Cc}\\u202e\\u2028]");
                    assertThat(LetterText.line(letter).length()).isLessThan(400);
                    assertThat(LetterText.json(letter)).doesNotContainPattern("[\\x00-\\x1f]");
                    assertThat(LetterText.content(letter)).doesNotContainPattern("[\\p{Cc}&&[^\\n\\t\\r]]");
                    if (text.indexOf('\ufffd') >= 0) {
                        throw new NoText();
                    }
                    return letter;
                });
    }
}
