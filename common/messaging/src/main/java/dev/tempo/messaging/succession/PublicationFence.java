package dev.tempo.messaging.succession;

import dev.tempo.contract.PublishedVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A reader of versions that passes over what a trainer says of a version after a successor of that trainer has said it. A
 * version that nobody else has published is taken whoever published it: both would publish the same, and compaction of the
 * topic may have left the late word alone. Thread-safe.
 *
 * @param <V> versions of policy or critic
 */
public final class PublicationFence<V extends PublishedVersion> implements Consumer<V> {
    private final Consumer<? super V> reader;
    private final Map<Version, Long> tokens = new ConcurrentHashMap<>();

    private record Version(String run, int number) {}

    /** @param reader of what is not passed over */
    public PublicationFence(Consumer<? super V> reader) {
        this.reader = reader;
    }

    @Override
    public void accept(V published) {
        Long token = published.token();
        long known = token == null ? 0 : token;
        if (tokens.merge(new Version(published.run(), published.version()), known, Math::max) == known) {
            reader.accept(published);
        }
    }
}
