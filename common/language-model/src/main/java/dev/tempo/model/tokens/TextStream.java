package dev.tempo.model.tokens;

import java.util.Arrays;

/**
 * A stream of tokens that are decoded as they come. The texts that {@link #accept} gives and the one that {@link #finish}
 * gives at the end are, put together, the tokenizer's text of all the tokens. A character whose bytes lie in several tokens
 * is held back until its last one. Not thread-safe.
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

    /** The text that was still held back: bytes that form no character. */
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
     * Decodes new tokens behind some past ones. Decoders may treat a text's first token in a special way (for instance drop
     * a blank), so new tokens are decoded behind some whose text has been given already.
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
