package dev.tempo.rollout;

import dev.tempo.chat.ChatTemplateException;
import dev.tempo.contract.ModelReference;
import dev.tempo.messaging.NotYetException;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The policy versions in memory: the most recently used ones. Thread-safe. */
final class PolicyShelf implements AutoCloseable {
    private final int capacity;
    private final GenerationLimits limits;
    private final WeightType type;
    private final Map<ModelReference, LoadedPolicy> policies = new LinkedHashMap<>(16, 0.75f, true);
    private final List<LoadedPolicy> lent = new ArrayList<>();
    private volatile List<String> loaded = List.of();
    private volatile Optional<String> problem = Optional.empty();
    private final Map<String, String> stopped = new ConcurrentHashMap<>();

    /**
     * @param limits of each version
     * @param type in which they are loaded
     */
    PolicyShelf(int capacity, GenerationLimits limits, WeightType type) {
        this.capacity = capacity;
        this.limits = limits;
        this.type = type;
    }

    /** A version in use, which stays in memory until it is closed. */
    final class Loan implements AutoCloseable {
        private final LoadedPolicy policy;
        private final OptionalDouble loadSeconds;

        private Loan(LoadedPolicy policy, OptionalDouble loadSeconds) {
            this.policy = policy;
            this.loadSeconds = loadSeconds;
        }

        /** The seconds that loading took; empty if the version was in memory. */
        OptionalDouble loadSeconds() {
            return loadSeconds;
        }

        LoadedPolicy policy() {
            return policy;
        }

        @Override
        public void close() {
            giveBack(policy);
        }
    }

    /**
     * A version for use, loaded if need be. The call waits while as many others as there is room for are in use.
     *
     * @throws NotYetException if its files are missing or damaged, and its trainer or somebody else may put them back
     * @throws UnanswerableException if they are those of a version that its trainer has left behind, or of a trial that is over
     */
    synchronized Loan lend(ModelReference reference) {
        awaitRoomFor(reference);
        LoadedPolicy policy = policies.get(reference);
        OptionalDouble loadSeconds = OptionalDouble.empty();
        if (policy == null) {
            Stopwatch load = Stopwatch.start();
            policy = load(reference);
            policies.put(reference, policy);
            loaded = policies.keySet().stream().map(ModelReference::uri).toList();
            problem = Optional.empty();
            loadSeconds = OptionalDouble.of(load.seconds());
        }
        lent.add(policy);
        return new Loan(policy, loadSeconds);
    }

    private synchronized void awaitRoomFor(ModelReference reference) {
        try {
            while (!policies.containsKey(reference) && !hasRoom()) {
                wait();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while waiting for room for a policy", stopped);
        }
    }

    /**
     * Whether there is room, which is made before the next version is loaded: memory is reckoned for so many and not
     * for one more.
     */
    private boolean hasRoom() {
        Iterator<LoadedPolicy> leastRecentlyUsed = policies.values().iterator();
        while (policies.size() >= capacity && leastRecentlyUsed.hasNext()) {
            LoadedPolicy policy = leastRecentlyUsed.next();
            if (!lent.contains(policy)) {
                policy.close();
                leastRecentlyUsed.remove();
            }
        }
        return policies.size() < capacity;
    }

    private synchronized void giveBack(LoadedPolicy policy) {
        lent.remove(policy);
        notifyAll();
    }

    /** URIs of the versions in memory, the last one used last. */
    List<String> loaded() {
        return loaded;
    }

    /** The reason why the version that was wanted last could not be loaded. */
    Optional<String> problem() {
        return problem;
    }

    /** Notes that a run cannot go on, since its policy computes numbers that are not finite. */
    void stop(String run, String reason) {
        stopped.put(run, reason);
    }

    /** Forgets that a run cannot go on: it was announced anew, and is tried again. */
    void announced(String run) {
        stopped.remove(run);
    }

    /** The reasons why runs cannot go on, by run. */
    Map<String, String> stopped() {
        return new TreeMap<>(stopped);
    }

    @Override
    public synchronized void close() {
        policies.values().forEach(LoadedPolicy::close);
        policies.clear();
        loaded = List.of();
    }

    private LoadedPolicy load(ModelReference reference) {
        try {
            return LoadedPolicy.load(reference, limits, type);
        } catch (UncheckedIOException unreadable) {
            throw waitingFor("policy " + reference.uri() + " cannot be read: " + unreadable.getMessage(), "");
        } catch (ModelFormatException | ChatTemplateException unusable) {
            String reason = "policy " + reference.uri() + " cannot be loaded: " + unusable.getMessage();
            if (LoadedPolicy.isLeftBehind(reference)) {
                problem = Optional.of(reason);
                throw new UnanswerableException(reason);
            }
            throw waitingFor(
                    reason,
                    LoadedPolicy.mayBeMended(reference)
                            ? "; it is waited for until policy-service has written it again"
                            : "; it is waited for until somebody has put its files back");
        }
    }

    private NotYetException waitingFor(String reason, String untilWhen) {
        problem = Optional.of(reason + untilWhen);
        return new NotYetException(reason);
    }
}
