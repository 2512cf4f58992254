package dev.tempo.timeline;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The spans in which a service works and that have not ended, or else the one that ended last, seconds ago: between two batches there is
 * none. They count only while the process computes: a thread that hangs has an open span, too. Which thread computes is not asked, since
 * one may wait for others that compute for it. Thread-safe.
 */
final class WorkInHand {
    /** Less processor time in a second than this is what an idle process takes for its heartbeats. */
    private static final double COMPUTING = .1;

    /** Looks that are closer together tell too little. */
    private static final Duration APART = Duration.ofMillis(500);

    /** So long may a process be kept from computing, by a disk, by others on its cores or between two pieces of work. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private record Ended(PresentWork work, Instant at) {}

    private final Set<OpenSpan> open = ConcurrentHashMap.newKeySet();
    private final Supplier<Duration> cpu;
    private final InstantSource clock;
    private volatile @Nullable Ended last;
    private Instant lookedAt;
    private Duration used;
    private Instant computedAt;

    /** @param cpu the processor time that the process has used */
    WorkInHand(Supplier<Duration> cpu, InstantSource clock) {
        this.cpu = cpu;
        this.clock = clock;
        lookedAt = clock.instant();
        computedAt = lookedAt;
        used = cpu.get();
    }

    /** That of this process. */
    static WorkInHand ofThisProcess() {
        return new WorkInHand(
                () -> ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO), InstantSource.system());
    }

    void begun(OpenSpan span) {
        if (span.kind().isWork()) {
            open.add(span);
        }
    }

    void ended(OpenSpan span) {
        if (span.kind().isWork() && open.remove(span)) {
            last = new Ended(span.work(), clock.instant());
        }
    }

    /** The spans that are open, the longest first; none where the process has not computed for a while. */
    synchronized List<PresentWork> list() {
        Instant now = clock.instant();
        Duration passed = Duration.between(lookedAt, now);
        if (passed.compareTo(APART) >= 0) {
            Duration total = cpu.get();
            if (total.minus(used).toNanos() >= COMPUTING * passed.toNanos()) {
                computedAt = now;
            }
            used = total;
            lookedAt = now;
        }
        if (now.isAfter(computedAt.plus(PAUSE))) {
            return List.of();
        }
        List<PresentWork> present = open.stream()
                .map(OpenSpan::work)
                .sorted(Comparator.comparing(PresentWork::since))
                .toList();
        Ended before = last;
        return present.isEmpty() && before != null && !now.isAfter(before.at().plus(PAUSE))
                ? List.of(before.work())
                : present;
    }
}
