package dev.tempo.serving.version;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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

    /** The version that a name means; empty where there is none. */
    default Optional<ServedVersion> find(String model) {
        if (model.equals(name())) {
            return served();
        }
        return versions().stream()
                .filter(version -> version.id().equals(model))
                .findFirst();
    }
}
