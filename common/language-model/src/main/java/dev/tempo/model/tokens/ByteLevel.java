package dev.tempo.model.tokens;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** GPT-2's way of cutting texts into pieces and of writing bytes as visible characters; Hugging Face's {@code ByteLevel}. */
final class ByteLevel {
    /** Words and numbers with the space before them, numbers whole. */
    private static final Pattern PIECE = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final String[] STAND_IN = new String[256];

    static {
        int next = 256;
        for (int value = 0; value < 256; value++) {
            boolean visible = value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xAC || value >= 0xAE;
            STAND_IN[value] = Character.toString((char) (visible ? value : next++));
        }
    }

    private ByteLevel() {}

    /** The pieces of a text, within which tokens are merged. */
    static List<String> pieces(String text) {
        return PIECE.matcher(text).results().map(MatchResult::group).toList();
    }

    /** The stand-ins of a text's bytes in UTF-8. */
    static List<String> bytes(String text) {
        List<String> bytes = new ArrayList<>();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(STAND_IN[value & 0xFF]);
        }
        return bytes;
    }

    /** All 256 stand-ins in the order of their characters. */
    static List<String> alphabet() {
        return IntStream.range(0, 256)
                .mapToObj(value -> STAND_IN[value])
                .sorted()
                .toList();
    }
}
