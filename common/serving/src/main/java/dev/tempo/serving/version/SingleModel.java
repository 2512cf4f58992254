package dev.tempo.serving.version;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A model that nobody trains: its one version. */
public final class SingleModel implements VersionCatalog {
    private final ServedVersion only;

    /** @param directory a Hugging Face directory */
    public SingleModel(String name, Path directory, Instant created) {
        this.only = new ServedVersion(name, OptionalInt.empty(), directory, null, created);
    }

    @Override
    public String name() {
        return only.name();
    }

    @Override
    public List<ServedVersion> versions() {
        return List.of(only);
    }

    @Override
    public Optional<ServedVersion> served() {
        return Optional.of(only);
    }
}
