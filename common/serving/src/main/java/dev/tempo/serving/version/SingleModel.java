package dev.tempo.serving.version;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A model that nobody trains: its one version. */
public final class SingleModel implements VersionCatalog {
    private final VersionListing listing;

    /** @param directory a Hugging Face directory */
    public SingleModel(String name, Path directory, Instant created) {
        ServedVersion only = new ServedVersion(name, "", OptionalInt.empty(), directory, null, created);
        this.listing = new VersionListing(name, List.of(only), Optional.of(only), true);
    }

    @Override
    public VersionListing listing() {
        return listing;
    }
}
