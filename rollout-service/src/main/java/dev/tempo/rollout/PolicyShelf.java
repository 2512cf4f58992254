package dev.tempo.rollout;

import dev.tempo.contract.ModelReference;
import dev.tempo.model.ModelFormatException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The policy versions in memory: the most recently used ones. One thread at a time. */
final class PolicyShelf implements AutoCloseable {
    private final int capacity;
    private final int loadAttempts;
    private final Duration loadPause;
    private final Map<ModelReference, LoadedPolicy> policies = new LinkedHashMap<>(16, 0.75f, true);

    PolicyShelf(int capacity, int loadAttempts, Duration loadPause) {
        this.capacity = capacity;
        this.loadAttempts = loadAttempts;
        this.loadPause = loadPause;
    }

    /** @throws UnanswerableException if its files are not what the reference says, however often one looks */
    LoadedPolicy policy(ModelReference reference) {
        LoadedPolicy present = policies.get(reference);
        if (present != null) {
            return present;
        }
        LoadedPolicy loaded = load(reference);
        while (policies.size() >= capacity) {
            Iterator<LoadedPolicy> leastRecentlyUsed = policies.values().iterator();
            leastRecentlyUsed.next().close();
            leastRecentlyUsed.remove();
        }
        policies.put(reference, loaded);
        return loaded;
    }

    @Override
    public void close() {
        policies.values().forEach(LoadedPolicy::close);
        policies.clear();
    }

    private LoadedPolicy load(ModelReference reference) {
        for (int attempt = 1; ; attempt++) {
            try {
                return LoadedPolicy.load(reference);
            } catch (ModelFormatException unusable) {
                if (attempt == loadAttempts) {
                    throw new UnanswerableException(
                            "policy " + reference.uri() + " cannot be loaded: " + unusable.getMessage());
                }
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(loadPause.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for a policy's files", stopped);
        }
    }
}
