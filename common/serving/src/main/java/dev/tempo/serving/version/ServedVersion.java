package dev.tempo.serving.version;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A version of a policy that can be asked. Two are the same if policy, run, number and weights are, wherever the files lie: a
 * version that is promoted is copied.
 *
 * @param name of the policy
 * @param run that it belongs to; empty for a model that nobody trains
 * @param number of the version; empty for a model that has only one
 * @param directory of its files
 * @param sha256 of its weights, as they were announced; null where nobody did
 * @param created when it came to be
 */
public record ServedVersion(
        String name,
        String run,
        OptionalInt number,
        Path directory,
        @Nullable String sha256,
        Instant created) {
    /** The sign between name and number. */
    static final String AT = "@";

    /** This version of a policy of another name. */
    public ServedVersion named(String other) {
        return new ServedVersion(other, run, number, directory, sha256, created);
    }

    /** The name that means this version and no other: {@code NAME@42}, or the name alone where there is one version. */
    public String id() {
        return number.isPresent() ? name + AT + number.getAsInt() : name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServedVersion version
                && name.equals(version.name)
                && run.equals(version.run)
                && number.equals(version.number)
                && Objects.equals(sha256, version.sha256);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, run, number, sha256);
    }
}
