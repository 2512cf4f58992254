package dev.tempo.serving.http;

import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.VersionCatalog;
import dev.tempo.serving.version.VersionListing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Versions of policies that tests publish; the last one that was promoted answers. Each run asks its questions in its own words. */
final class Versions implements VersionCatalog {
    static final String RUN = "Q";

    private final List<ServedVersion> versions = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile int served = -1;
    private volatile boolean learning;

    void publish(int number, Path directory) {
        publish(RUN, number, directory);
    }

    void publish(String run, int number, Path directory) {
        versions.add(new ServedVersion("words", run, OptionalInt.of(number), directory, null, Instant.EPOCH));
    }

    void promote(int number) {
        served = number;
    }

    /** The run awaits questions from now on. */
    void learn() {
        learning = true;
    }

    @Override
    public boolean learns(ServedVersion version) {
        return learning;
    }

    /** How often somebody has looked at what there is. */
    int looks() {
        return looks.get();
    }

    @Override
    public VersionListing listing() {
        looks.incrementAndGet();
        Optional<ServedVersion> promoted = versions.stream()
                .filter(version -> version.number().getAsInt() == served)
                .findFirst();
        return new VersionListing("words", versions, promoted, true);
    }

    @Override
    public Optional<UnaryOperator<String>> asking(ServedVersion version) {
        return Optional.of(question -> version.run() + ": " + question + " A:");
    }
}
