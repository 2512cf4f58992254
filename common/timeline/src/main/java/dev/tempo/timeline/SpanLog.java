package dev.tempo.timeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The spans of one service in one process, from their end until a {@link SpanWriter} takes them. Thread-safe; nobody waits. */
public final class SpanLog {
    /** So many that only a writer whose disk hangs leaves them to pile up; then the newest are dropped. */
    private static final int MOST = 20_000;

    private final String service;
    private final String replica;
    private final ConcurrentLinkedQueue<Span> ended = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Map<String, Path> directories = new ConcurrentHashMap<>();
    private final WorkInHand inHand = WorkInHand.ofThisProcess();

    public SpanLog(String service) {
        this.service = service;
        String host = System.getenv("HOSTNAME");
        String process = String.valueOf(ProcessHandle.current().pid());
        replica = host == null ? process : host.replaceAll("[^A-Za-z0-9.-]", "-") + "-" + process;
    }

    public String service() {
        return service;
    }

    /** The process, as no other one is called. */
    public String replica() {
        return replica;
    }

    /** A span on this thread from now on, inside of the one that is open. */
    public OpenSpan begin(SpanKind kind, String name) {
        return OpenSpan.begin(this, kind, name, null);
    }

    /** The news of a run whose directory is known: only then are its spans written. */
    public void announced(String run, Path directory) {
        directories.put(run, directory);
    }

    /** The directory of a run; null while it is not known. */
    @Nullable
    Path directory(String run) {
        return directories.get(run);
    }

    /** The work that threads of this service are at, or were ten seconds ago, the longest first; none where the process computes nothing. */
    public List<PresentWork> work() {
        return inHand.list();
    }

    WorkInHand inHand() {
        return inHand;
    }

    void add(Span span) {
        if (size.get() < MOST) {
            size.incrementAndGet();
            ended.add(span);
        }
    }

    /** The spans that have ended since the last call. */
    public List<Span> drain() {
        List<Span> drained = new ArrayList<>();
        for (Span span = ended.poll(); span != null; span = ended.poll()) {
            size.decrementAndGet();
            drained.add(span);
        }
        return drained;
    }
}
