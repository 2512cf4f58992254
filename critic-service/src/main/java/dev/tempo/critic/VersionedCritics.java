package dev.tempo.critic;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.Values;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.Critic;
import dev.tempo.runs.RunDirectory;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The critic versions in use, loaded from where they were announced. Thread-safe; one caller computes at a time. */
public final class VersionedCritics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VersionedCritics.class);

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

    /**
     * V_0 to V_n of every trajectory, for callers that can wait: in small parts, and only while nobody wants {@link
     * #values}.
     */
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
        OpenSpan.within(SpanKind.WAITING, "another valuation").run(computing::lock);
        try {
            Critic critic = critic(version, trajectories.get(0).id().request());
            return OpenSpan.within(SpanKind.COMPUTATION, "values")
                    .get(() -> new Valuer(critic::values, part).values(trajectories));
        } finally {
            computing.unlock();
        }
    }

    /** @param request one that wants the version, which is the one of its round */
    private Critic critic(ModelReference version, RequestId request) {
        Critic known = loaded.get(version);
        if (known != null) {
            return known;
        }
        Stopwatch load = Stopwatch.start();
        Path directory = RunDirectory.pathOf(version);
        new ModelDirectory(directory).verify(version.sha256());
        if (loaded.size() == kept) {
            Map.Entry<ModelReference, Critic> oldest =
                    loaded.entrySet().iterator().next();
            loaded.remove(oldest.getKey());
            oldest.getValue().close();
        }
        Critic critic = OpenSpan.within(SpanKind.LOADING, "critic version").get(() -> Critic.load(directory, type));
        loaded.put(version, critic);
        RunEvent.MODEL_LOADED.log(LOG, request.run(), request.round(), request.round(), load.seconds());
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
