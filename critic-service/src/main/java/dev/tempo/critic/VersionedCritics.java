package dev.tempo.critic;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.Values;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.Critic;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The critic versions in use, loaded from where they were announced. Thread-safe; one caller computes at a time. */
public final class VersionedCritics implements AutoCloseable {
    private final LinkedHashMap<ModelReference, Critic> loaded = new LinkedHashMap<>(4, 0.75f, true);
    private final ReentrantLock computing = new ReentrantLock(true);
    private final int part;
    private final int kept;
    private final WeightType type;
    private int urgent;

    /** @param type in which they are loaded */
    public VersionedCritics(CriticProperties properties, WeightType type) {
        part = properties.batch();
        kept = properties.versions();
        this.type = type;
    }

    /**
     * V_0 to V_n of every trajectory.
     *
     * @throws dev.tempo.model.ModelFormatException naming the file if its SHA-256 is another
     */
    List<Values> values(ModelReference version, List<Trajectory> trajectories) {
        urgency(1);
        try {
            return compute(version, trajectories);
        } finally {
            urgency(-1);
        }
    }

    /** The same for those who can wait: in small parts, and only while nobody wants {@link #values}. */
    List<Values> valuesWhenIdle(ModelReference version, List<Trajectory> trajectories) {
        List<Values> values = new ArrayList<>();
        for (int from = 0; from < trajectories.size(); from += part) {
            awaitIdle();
            values.addAll(compute(version, trajectories.subList(from, Math.min(from + part, trajectories.size()))));
        }
        return values;
    }

    @Override
    public void close() {
        computing.lock();
        try {
            loaded.values().forEach(Critic::close);
            loaded.clear();
        } finally {
            computing.unlock();
        }
    }

    private List<Values> compute(ModelReference version, List<Trajectory> trajectories) {
        computing.lock();
        try {
            return new Valuer(critic(version)::values, part).values(trajectories);
        } finally {
            computing.unlock();
        }
    }

    private Critic critic(ModelReference version) {
        Critic known = loaded.get(version);
        if (known != null) {
            return known;
        }
        Path directory = RunDirectory.pathOf(version);
        new ModelDirectory(directory).verify(version.sha256());
        if (loaded.size() == kept) {
            Map.Entry<ModelReference, Critic> oldest =
                    loaded.entrySet().iterator().next();
            loaded.remove(oldest.getKey());
            oldest.getValue().close();
        }
        Critic critic = Critic.load(directory, type);
        loaded.put(version, critic);
        return critic;
    }

    private synchronized void urgency(int change) {
        urgent += change;
        notifyAll();
    }

    private synchronized void awaitIdle() {
        try {
            while (urgent > 0) {
                wait();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to value evaluation trajectories", stopping);
        }
    }
}
