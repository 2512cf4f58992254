package dev.tempo.conformance;

import dev.tempo.plugin.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A file of judge cases. It meets its target with at least .97 of the core cases (mathematics on which sane verifiers
 * agree) right and no false positive among them. Policy cases, on which sane verifiers differ, are counted apart.
 */
final class JudgeFile {
    private static final double TARGET = .97;
    private static final int WARM_UP = 1_000;

    private final JudgeTally core = new JudgeTally();
    private final JudgeTally policy = new JudgeTally();
    private final Map<String, JudgeTally> byPolicy = new TreeMap<>();
    private final Map<String, JudgeTally> byKind = new TreeMap<>();
    private final Map<String, JudgeTally> bySource = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> slow = new ArrayList<>();
    private int cases;
    private int failed;
    private int skipped;

    private JudgeFile() {}

    static CheckedFile check(Path file, List<JudgeCase> cases) {
        // Times say something only once the code has been compiled.
        cases.stream().limit(WARM_UP).forEach(JudgeCase::run);
        JudgeFile counting = new JudgeFile();
        cases.forEach(counting::check);
        return counting.entry(file);
    }

    private void check(JudgeCase one) {
        cases++;
        Optional<JudgeCase.Result> ran = one.run();
        if (ran.isEmpty()) {
            skipped++;
            return;
        }
        JudgeCase.Result result = ran.get();
        if (one.isPolicy()) {
            policy.add(result);
            byPolicy.computeIfAbsent(one.policy(), any -> new JudgeTally()).add(result);
        } else {
            byKind.computeIfAbsent(one.kind(), any -> new JudgeTally()).add(result);
            bySource.computeIfAbsent(one.source(), any -> new JudgeTally()).add(result);
            if (one.isCore()) {
                core.add(result);
            }
            if (!result.right()) {
                failed++;
                failures.add(one.id() + " (" + one.source() + "): expected "
                        + (result.expected() ? Outcome.CORRECT : Outcome.WRONG).name() + ", got "
                        + result.outcome().name() + ": "
                        + (result.problem().isEmpty() ? result.reason() : result.problem()));
            }
        }
        String slowness = one.slowness(result);
        if (!slowness.isEmpty()) {
            slow.add(slowness);
        }
    }

    private CheckedFile entry(Path file) {
        JudgeTally.Counts counts = core.counts();
        List<String> details = new ArrayList<>();
        details.add(describe("core", counts));
        details.add(describe("policy", policy.counts()));
        byPolicy.forEach((reason, tally) -> details.add(describe("policy " + reason, tally.counts())));
        byKind.forEach((kind, tally) -> details.add(describe("kind " + kind, tally.counts())));
        bySource.forEach((source, tally) -> details.add(describe(source, tally.counts())));
        details.addAll(slow);
        boolean passed = counts.accuracy() >= TARGET && counts.falsePositives() == 0;
        return new CheckedFile(
                file.toString(),
                cases,
                failed,
                skipped,
                0,
                failures,
                passed,
                details,
                Map.of("core", counts, "policy", policy.counts()));
    }

    private static String describe(String name, JudgeTally.Counts counts) {
        return String.format(
                Locale.ROOT,
                "%-44s %4d cases  %.3f right  %d false positives  %d false negatives  %d undecided"
                        + "  p50 %.2f  p99 %.1f  max %.1f ms",
                name,
                counts.cases(),
                counts.accuracy(),
                counts.falsePositives(),
                counts.falseNegatives(),
                counts.undecided(),
                counts.p50Millis(),
                counts.p99Millis(),
                counts.maxMillis());
    }
}
