package dev.tempo.recipes.shape;

import dev.tempo.recipes.naming.NearestNames;
import java.util.Collection;
import java.util.Optional;

/** The word that a misspelt one was meant to be, as errors ask for it. */
public final class NearestWord {
    private NearestWord() {}

    /** Empty where no word is near. */
    public static Optional<String> of(String written, Collection<String> words) {
        return NearestNames.to(written, words, 1).stream().findFirst();
    }

    /** "; did you mean 'word'?", or nothing. */
    static String hint(String written, Collection<String> words) {
        return of(written, words).map(word -> "; did you mean '" + word + "'?").orElse("");
    }
}
