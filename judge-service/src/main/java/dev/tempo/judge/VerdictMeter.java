package dev.tempo.judge;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.judging.JudgeChain;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The metrics of verdicts: {@code tempo.judge.verdicts} by judge and outcome, {@code tempo.judge.latency} by judge.
 * Thread-safe.
 */
public final class VerdictMeter {
    private final MeterRegistry meters;

    public VerdictMeter(MeterRegistry meters) {
        this.meters = meters;
    }

    public void count(Collection<JudgedTrajectory> judged) {
        for (JudgedTrajectory trajectory : judged) {
            Verdict verdict = trajectory.verdict();
            String outcome = verdict.outcome().name().toLowerCase(Locale.ROOT);
            meters.counter("tempo.judge.verdicts", "judge", verdict.judge(), "outcome", outcome)
                    .increment();
            Double millis = verdict.latencyMillis();
            if (millis != null) {
                meters.timer("tempo.judge.latency", "judge", verdict.judge())
                        .record((long) (millis * 1e6), TimeUnit.NANOSECONDS);
            }
        }
    }

    /** Whether the last judge of a chain said the same as those before it that found the answer wrong. */
    void compare(JudgeChain.ChainVerdict decided) {
        if (decided.verdict().outcome() == Outcome.UNDECIDED) {
            return;
        }
        for (Verdict earlier : decided.overruled()) {
            String agrees = String.valueOf(decided.verdict().outcome() == Outcome.WRONG);
            meters.counter(
                            "tempo.judge.agreement",
                            "judge",
                            decided.verdict().judge(),
                            "with",
                            earlier.judge(),
                            "agrees",
                            agrees)
                    .increment();
        }
    }
}
