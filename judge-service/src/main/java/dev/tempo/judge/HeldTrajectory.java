package dev.tempo.judge;

import dev.tempo.judging.JudgeChain;
import dev.tempo.plugin.JudgeUnavailableException;
import dev.tempo.plugin.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A trajectory between its arrival and its verdict: judged in the background, asked about again for as long as a judge is
 * unavailable, since an outage is no verdict. One thread at a time.
 */
final class HeldTrajectory {
    private final Supplier<CompletableFuture<JudgeChain.ChainVerdict>> ask;
    private final Duration askAgainAfter;
    private final VerdictMeter meter;
    private final InstantSource clock;
    private CompletableFuture<JudgeChain.ChainVerdict> asked;
    private boolean isResting;
    private @Nullable String obstacle;
    private Instant askAgainAt = Instant.EPOCH;
    private @Nullable Verdict verdict;

    HeldTrajectory(
            Supplier<CompletableFuture<JudgeChain.ChainVerdict>> ask,
            Duration askAgainAfter,
            VerdictMeter meter,
            InstantSource clock) {
        this.ask = ask;
        this.askAgainAfter = askAgainAfter;
        this.meter = meter;
        this.clock = clock;
        this.asked = ask.get();
    }

    /** The verdict, waiting at most that long for it; null when it is not there yet. */
    @Nullable
    Verdict verdict(long nanos) {
        if (verdict == null && isResting && !clock.instant().isBefore(askAgainAt)) {
            asked = ask.get();
            isResting = false;
        }
        if (verdict == null && !isResting) {
            await(nanos);
        }
        return verdict;
    }

    /** The unavailable judge that this trajectory is held for; null while there was none. */
    @Nullable
    String obstacle() {
        return obstacle;
    }

    private void await(long nanos) {
        try {
            JudgeChain.ChainVerdict decided = asked.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            meter.compare(decided);
            verdict = decided.verdict();
        } catch (TimeoutException notYet) {
            return;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof JudgeUnavailableException unavailable)) {
                throw new IllegalStateException("a chain of judges broke down", failure.getCause());
            }
            hold(unavailable);
        }
    }

    private void hold(JudgeUnavailableException unavailable) {
        obstacle = String.valueOf(unavailable.getMessage());
        isResting = true;
        askAgainAt = clock.instant().plus(askAgainAfter);
    }
}
