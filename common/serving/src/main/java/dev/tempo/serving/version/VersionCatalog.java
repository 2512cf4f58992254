package dev.tempo.serving.version;

import dev.tempo.model.inference.Environment;
import dev.tempo.model.tokens.Tokenizer;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The versions that there are, which of them answers under the plain name, and how each is asked. Thread-safe. */
public interface VersionCatalog {
    /** The versions that there are now. Where they are files, these are looked for. */
    VersionListing listing();

    /**
     * How a question becomes the text that is continued, for a version without a chat template; empty where nothing says so.
     *
     * @param version one that was listed at some time
     */
    default Optional<UnaryOperator<String>> asking(ServedVersion version) {
        return Optional.empty();
    }

    /**
     * Whether a version's run awaits questions, so that it may learn from what this one is asked.
     *
     * @param version one that was listed at some time
     */
    default boolean learns(ServedVersion version) {
        return false;
    }

    /**
     * The program that may write tokens into a chat's answer in the policy's place; null for none. A new one for each answer.
     *
     * @param version one that was listed at some time
     * @throws RuntimeException saying why, if it cannot be had for this vocabulary
     */
    default @Nullable Environment environment(ServedVersion version, Tokenizer tokenizer) {
        return null;
    }
}
