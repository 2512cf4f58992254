package dev.tempo.serving.version;

import dev.tempo.model.inference.Environment;
import dev.tempo.model.tokens.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The versions that there are, and which of them answers under the plain name. Thread-safe. */
public interface VersionCatalog {
    /** The name of the policy. */
    String name();

    /** The versions that can be asked, oldest first. */
    List<ServedVersion> versions();

    /** The version that answers under the plain name; empty while there is none. */
    Optional<ServedVersion> served();

    /** How a question becomes the text that is continued, for a model without a chat template; empty where nothing says so. */
    default Optional<UnaryOperator<String>> asking() {
        return Optional.empty();
    }

    /**
     * The program that may write tokens into a chat's answer in the policy's place; null for none. A new one for each answer.
     *
     * @throws RuntimeException saying why, if it cannot be had for this vocabulary
     */
    default @Nullable Environment environment(Tokenizer tokenizer) {
        return null;
    }

    /** The version that a name means; empty where there is none. */
    default Optional<ServedVersion> find(String model) {
        if (model.equals(name())) {
            return served();
        }
        return versions().stream().filter(version -> version.id().equals(model)).findFirst();
    }
}
