package dev.tempo.standalone.command;

import dev.tempo.messaging.letters.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Dead letters as text that a terminal cannot take for anything else, whoever wrote the record. */
final class LetterText {
    private static final int WIDTH = 80;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LetterText() {}

    /** A line of a list: number, key, reader, reason. */
    static String line(DeadLetter letter) {
        return "  " + letter.number() + "  " + shortened(key(letter)) + "  " + shortened(letter.header("reader")) + "  "
                + shortened(letter.header("reason"));
    }

    /** The same for a program, as one line of JSON. */
    static String json(DeadLetter letter) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("topic", letter.topic());
        fields.put("number", letter.number());
        fields.put("written", letter.written().toString());
        fields.put("key", letter.key());
        fields.put("bytes", letter.size());
        fields.put("headers", new TreeMap<>(letter.headers()));
        return JSON.writeValueAsString(fields);
    }

    static String key(DeadLetter letter) {
        String key = letter.key();
        return key == null ? "(no key)" : printable(key, false);
    }

    /** The record: JSON is laid out, other text printed, and bytes that are no text written as {@code \xNN}. */
    static String content(DeadLetter letter) {
        ByteBuffer bytes = letter.bytes();
        if (bytes == null) {
            return "(the record has no value)";
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()).toString();
        } catch (CharacterCodingException noText) {
            return escaped(bytes.duplicate());
        }
        try {
            String laidOut = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(text));
            return printable(laidOut, true);
        } catch (JacksonException noJson) {
            return printable(text, true);
        }
    }

    /** Control characters as {@code \xNN} and separators of lines as {@code \xNNNN}; line ends only where several lines are wanted. */
    static String printable(String text, boolean lines) {
        StringBuilder printable = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            boolean shown = lines && (character == '\n' || character == '\t');
            if (!shown && isHidden(character)) {
                escape(printable, character);
            } else {
                printable.append(character);
            }
        }
        return printable.toString();
    }

    private static boolean isHidden(char character) {
        return Character.isISOControl(character)
                || switch (Character.getType(character)) {
                    case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                };
    }

    private static void escape(StringBuilder text, int character) {
        text.append("\\x");
        String digits = Integer.toHexString(character);
        text.append(digits.length() < 2 ? "0" : "").append(digits);
    }

    private static String shortened(String text) {
        String line = printable(text, false);
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }

    private static String escaped(ByteBuffer bytes) {
        StringBuilder text = new StringBuilder();
        while (bytes.hasRemaining()) {
            int unsigned = bytes.get() & 0xff;
            if (unsigned >= ' ' && unsigned < 127) {
                text.append((char) unsigned);
            } else {
                escape(text, unsigned);
            }
        }
        return text.toString();
    }
}
