package dev.tempo.datasets;

import java.text.Normalizer;
import java.util.Locale;

/** When two questions are the same question. */
public final class QuestionText {
    private QuestionText() {}

    /** The text without what does not count: case, width of characters, white space. */
    public static String normalised(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .strip();
    }
}
