package dev.tempo.serving.version;

import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A version of a policy that can be asked.
 *
 * @param name of the policy
 * @param number of the version; empty for a model that has only one
 * @param directory of its files
 * @param sha256 of its weights, as they were announced; null where nobody did
 * @param created when it came to be
 */
public record ServedVersion(
        String name,
        OptionalInt number,
        Path directory,
        @Nullable String sha256,
        Instant created) {
    /** The sign between name and number. */
    static final String AT = "@";

    /** This version of a policy of another name. */
    public ServedVersion named(String other) {
        return new ServedVersion(other, number, directory, sha256, created);
    }

    /** The name that means this version and no other: {@code NAME@42}, or the name alone where there is one version. */
    public String id() {
        return number.isPresent() ? name + AT + number.getAsInt() : name;
    }
}
