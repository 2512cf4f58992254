package dev.tempo.datasets.file;

import tools.jackson.databind.JsonNode;

/** An excerpt of a value for a message: at most its first 60 characters. */
public final class Excerpt {
    private static final int LONGEST = 60;

    private Excerpt() {}

    public static String of(JsonNode value) {
        return of(value.toString());
    }

    public static String of(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
