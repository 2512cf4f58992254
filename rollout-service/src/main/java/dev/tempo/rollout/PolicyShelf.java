package dev.tempo.rollout;

import dev.tempo.contract.ModelReference;
import dev.tempo.model.GenerationLimits;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.chat.ChatTemplateException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policy versions in memory: the most recently used ones. One thread at a time; any thread may ask how it is. */
final class PolicyShelf implements AutoCloseable {
    private final int capacity;
    private final GenerationLimits limits;
    private final int loadAttempts;
    private final Duration loadPause;
    private final Map<ModelReference, LoadedPolicy> policies = new LinkedHashMap<>(16, 0.75f, true);
    private volatile List<String> loaded = List.of();
    private volatile Optional<String> problem = Optional.empty();

    /** @param limits of each version */
    PolicyShelf(int capacity, GenerationLimits limits, int loadAttempts, Duration loadPause) {
        this.capacity = capacity;
        this.limits = limits;
        this.loadAttempts = loadAttempts;
        this.loadPause = loadPause;
    }

    /** @throws UnanswerableException if its files are not what the reference says, however often one looks */
    LoadedPolicy policy(ModelReference reference) {
        LoadedPolicy present = policies.get(reference);
        if (present != null) {
            return present;
        }
        // Before the next is loaded: memory is reckoned for so many and not for one more.
        while (policies.size() >= capacity) {
            Iterator<LoadedPolicy> leastRecentlyUsed = policies.values().iterator();
            leastRecentlyUsed.next().close();
            leastRecentlyUsed.remove();
        }
        LoadedPolicy fresh = load(reference);
        policies.put(reference, fresh);
        loaded = policies.keySet().stream().map(ModelReference::uri).toList();
        problem = Optional.empty();
        return fresh;
    }

    /** URIs of the versions in memory, the last one used last. */
    List<String> loaded() {
        return loaded;
    }

    /** Why the version that was wanted last could not be loaded. */
    Optional<String> problem() {
        return problem;
    }

    @Override
    public void close() {
        policies.values().forEach(LoadedPolicy::close);
        policies.clear();
        loaded = List.of();
    }

    private LoadedPolicy load(ModelReference reference) {
        for (int attempt = 1; ; attempt++) {
            try {
                return LoadedPolicy.load(reference, limits);
            } catch (ModelFormatException | ChatTemplateException unusable) {
                if (attempt == loadAttempts) {
                    String reason = "policy " + reference.uri() + " cannot be loaded: " + unusable.getMessage();
                    problem = Optional.of(reason);
                    throw new UnanswerableException(reason);
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
