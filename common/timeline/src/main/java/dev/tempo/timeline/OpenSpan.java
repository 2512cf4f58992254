package dev.tempo.timeline;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A span that has begun and not ended, on the thread that began it. Code that belongs to no service opens one {@linkplain #within
 * within} the span that is open on its thread, and none where there is none.
 */
public final class OpenSpan implements AutoCloseable {
    /** A span of which nobody hears. */
    private static final OpenSpan NONE = new OpenSpan();

    private static final int NO_ROUND = -1;
    private static final long MICRO = 1_000;
    private static final ThreadLocal<@Nullable OpenSpan> OPEN = new ThreadLocal<>();
    private static final AtomicLong COUNT = new AtomicLong();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean CPU = THREADS.isCurrentThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();

    private final @Nullable SpanLog log;
    private final @Nullable OpenSpan outer;
    private final @Nullable Long cause;
    private final SpanKind kind;
    private final String name;
    private final long id;
    private final long start;
    private final long startNanos;
    private final long startCpu;
    private volatile @Nullable String run;
    private volatile int round = NO_ROUND;
    private @Nullable String takes;
    private @Nullable String publishes;
    private int messages;
    private int inner;
    private long jsonNanos;

    private OpenSpan() {
        log = null;
        outer = null;
        cause = null;
        kind = SpanKind.HANDLING;
        name = "";
        id = 0;
        start = 0;
        startNanos = 0;
        startCpu = 0;
    }

    private OpenSpan(SpanLog log, SpanKind kind, String name, @Nullable Long cause) {
        this.log = log;
        this.kind = kind;
        this.name = name;
        this.cause = cause;
        outer = OPEN.get();
        if (outer != null) {
            run = outer.run;
            round = outer.round;
        }
        id = COUNT.incrementAndGet();
        Instant now = Instant.now();
        start = now.getEpochSecond() * 1_000_000 + now.getNano() / MICRO;
        startNanos = System.nanoTime();
        startCpu = cpuNanos();
        OPEN.set(this);
        log.inHand().begun(this);
    }

    static OpenSpan begin(SpanLog log, SpanKind kind, String name, @Nullable Long cause) {
        return new OpenSpan(log, kind, name, cause);
    }

    /** A span of the service whose span is open on this thread, inside of that one. */
    public static OpenSpan within(SpanKind kind, String name) {
        OpenSpan present = OPEN.get();
        return present == null || present.log == null ? NONE : new OpenSpan(present.log, kind, name, null);
    }

    /** An event for another thread: what it comes to there is known to have come from the span that is open here. */
    public static Runnable carried(Runnable event) {
        OpenSpan present = OPEN.get();
        SpanLog log = present == null ? null : present.log;
        if (present == null || log == null) {
            return event;
        }
        String run = present.run;
        int round = present.round;
        return () -> begin(log, SpanKind.HANDLING, "event", present.id)
                .of(run, round)
                .run(event);
    }

    /** Tells the span that is open on this thread, if there is one. */
    public static void present(Consumer<OpenSpan> tell) {
        OpenSpan present = OPEN.get();
        if (present != null) {
            tell.accept(present);
        }
    }

    /** Time that the open span of this thread spent in reading a message. */
    public static <T extends @Nullable Object> T json(Supplier<T> read) {
        OpenSpan present = OPEN.get();
        if (present == null) {
            return read.get();
        }
        long before = System.nanoTime();
        try {
            return read.get();
        } finally {
            present.jsonNanos += System.nanoTime() - before;
        }
    }

    /** The run and round that it is for; those of the span around it unless this is called. */
    public OpenSpan of(@Nullable String ofRun, int ofRound) {
        if (log != null && ofRun != null) {
            run = ofRun;
            round = ofRound;
        }
        return this;
    }

    /** The topic and the number of its messages that are handled. */
    public OpenSpan takes(String topic, int count) {
        if (log != null) {
            takes = topic;
            messages = count;
        }
        return this;
    }

    /** The topic and the number of messages that are written to it. */
    public OpenSpan publishes(String topic, int count) {
        if (log != null) {
            publishes = topic;
            messages = count;
        }
        return this;
    }

    /** Does the work and ends. */
    public <T extends @Nullable Object> T get(Supplier<T> work) {
        try (this) {
            return work.get();
        }
    }

    /** Does the work and ends. */
    public void run(Runnable work) {
        try (this) {
            work.run();
        }
    }

    /** The end. A span of no run, or in which nothing was taken, published or done, leaves no trace. */
    @Override
    public void close() {
        if (log == null || OPEN.get() != this) {
            return;
        }
        log.inHand().ended(this);
        long nanos = System.nanoTime() - startNanos;
        long cpu = cpuNanos() - startCpu;
        OpenSpan around = outer;
        if (around == null) {
            OPEN.remove();
        } else {
            OPEN.set(around);
        }
        String ofRun = run;
        if (ofRun == null || (kind == SpanKind.HANDLING && messages == 0 && inner == 0)) {
            return;
        }
        if (around != null) {
            around.inner++;
            if (around.run == null) {
                around.of(ofRun, round);
            }
        }
        log.add(new Span(
                log.service(),
                log.replica(),
                thread(Thread.currentThread()),
                id,
                cause,
                name,
                kind,
                ofRun,
                round,
                start,
                start + nanos / MICRO,
                CPU ? cpu / MICRO : -1,
                jsonNanos / MICRO,
                takes,
                publishes,
                messages));
    }

    SpanKind kind() {
        return kind;
    }

    /** What is done in it, for other threads to see. */
    PresentWork work() {
        return new PresentWork(name, run, round, Instant.EPOCH.plus(start, ChronoUnit.MICROS));
    }

    /** Threads of one pool may have one name. */
    private static String thread(Thread thread) {
        return thread.getName() + " #" + thread.getId();
    }

    private static long cpuNanos() {
        return CPU ? THREADS.getCurrentThreadCpuTime() : 0;
    }
}
