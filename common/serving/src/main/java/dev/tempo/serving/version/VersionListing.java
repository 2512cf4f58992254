package dev.tempo.serving.version;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The versions that there were at one moment, and which of them answers under the plain name. */
public final class VersionListing {
    private final String name;
    private final Map<String, ServedVersion> versions = new LinkedHashMap<>();
    private final @Nullable ServedVersion served;
    private final boolean complete;

    /**
     * @param name of the policy
     * @param versions that can be asked, oldest first
     * @param served the one that answers under the plain name; empty while there is none
     * @param complete false while it is not known yet what else there is
     */
    public VersionListing(String name, List<ServedVersion> versions, Optional<ServedVersion> served, boolean complete) {
        this.name = name;
        versions.forEach(version -> this.versions.put(version.id(), version));
        this.served = served.orElse(null);
        this.complete = complete;
    }

    public String name() {
        return name;
    }

    public Collection<ServedVersion> versions() {
        return Collections.unmodifiableCollection(versions.values());
    }

    public Optional<ServedVersion> served() {
        return Optional.ofNullable(served);
    }

    /** The version that a name means; empty where there is none. */
    public Optional<ServedVersion> find(String model) {
        return model.equals(name) ? served() : Optional.ofNullable(versions.get(model));
    }

    /**
     * The version that a name means.
     *
     * @throws NotYetServedException if there may be one soon: it is not known yet what there is, or nothing answers yet under the
     *     plain name
     * @throws NoSuchVersionException if there is none
     */
    public ServedVersion found(String model) {
        return find(model)
                .orElseThrow(() -> complete && !model.equals(name)
                        ? new NoSuchVersionException(model)
                        : new NotYetServedException(model));
    }
}
