package dev.tempo.serving.http;

import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.VersionCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Versions of a policy that tests publish; the last one that was promoted answers. */
final class Versions implements VersionCatalog {
    private final List<ServedVersion> versions = new CopyOnWriteArrayList<>();
    private volatile int served = -1;

    void publish(int number, Path directory) {
        versions.add(new ServedVersion("words", OptionalInt.of(number), directory, null, Instant.EPOCH));
    }

    void promote(int number) {
        served = number;
    }

    @Override
    public String name() {
        return "words";
    }

    @Override
    public List<ServedVersion> versions() {
        return List.copyOf(versions);
    }

    @Override
    public Optional<ServedVersion> served() {
        return versions.stream()
                .filter(version -> version.number().getAsInt() == served)
                .findFirst();
    }

    @Override
    public Optional<UnaryOperator<String>> asking() {
        return Optional.of(question -> "Q: " + question + " A:");
    }
}
