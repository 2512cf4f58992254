package dev.tempo.model.tokens;

import java.util.Arrays;

/**
 * Text of tokens as they come. What {@link #accept} and at last {@link #finish} give, put together, is the tokenizer's
 * text of all the tokens. A character whose bytes lie in several tokens is held until its last one. Not thread-safe.
 */
public final class TextStream {
    private static final char REPLACEMENT = '\uFFFD';

    private final Tokenizer tokenizer;
    private int[] ids = new int[16];
    private int length;
    private int anchor;
    private int whole;
    private int given;

    public TextStream(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** The text that is certain with this token and was not before; often empty. */
    public String accept(int id) {
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, 2 * length);
        }
        ids[length++] = id;
        String text = sinceAnchor();
        int certain = Math.max(given, text.endsWith(String.valueOf(REPLACEMENT)) ? text.length() - 1 : text.length());
        String fresh = text.substring(given, certain);
        given = certain;
        if (certain == text.length() && certain > 0) {
            moveAnchor(text);
        }
        return fresh;
    }

    /** What was still held: bytes that formed no character. */
    public String finish() {
        String text = sinceAnchor();
        String rest = text.substring(given);
        given = text.length();
        return rest;
    }

    private String sinceAnchor() {
        return tokenizer.decode(Arrays.copyOfRange(ids, anchor, length));
    }

    /**
     * Decoders may treat a text's first token in a way of its own (a blank that is dropped), so tokens are decoded behind
     * some whose text has been given already.
     */
    private void moveAnchor(String text) {
        String behind = tokenizer.decode(Arrays.copyOfRange(ids, whole, length));
        if (whole > anchor && !behind.isEmpty()) {
            anchor = whole;
            given = behind.length();
        }
        whole = length;
    }
}
