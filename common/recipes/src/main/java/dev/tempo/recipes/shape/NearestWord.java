package dev.tempo.recipes.shape;

import dev.tempo.recipes.naming.NearestNames;
import java.util.Collection;
import java.util.Optional;

/** The word that a misspelt one may have been meant to be, as error messages suggest it. */
public final class NearestWord {
    private NearestWord() {}

    /** The nearest word; empty where none is near. */
    public static Optional<String> of(String written, Collection<String> words) {
        return NearestNames.to(written, words, 1).stream().findFirst();
    }

    /** The text "; did you mean 'word'?", or the empty text. */
    static String hint(String written, Collection<String> words) {
        return of(written, words).map(word -> "; did you mean '" + word + "'?").orElse("");
    }
}
