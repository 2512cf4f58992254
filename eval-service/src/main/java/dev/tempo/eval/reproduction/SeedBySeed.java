package dev.tempo.eval.reproduction;

import dev.tempo.algorithm.Bootstrap;
import dev.tempo.eval.reproduction.SeedGroup.Milestone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The decision of claims seed by seed: a criterion that fails in one seed does not hold. */
record SeedBySeed(SeedGroup group, int end, String set, String avg) {
    /** Rounds that a run has at least whose later rounds are looked at. */
    static final int LONG = 200;
    /** The round with which later ones are compared. */
    static final int LATER = 100;

    private static final String LATE = "needs a measurement after the start that all runs have";

    /** @param group whose claims are decided, at the latest round that all of its runs were measured at */
    SeedBySeed(SeedGroup group) {
        this(
                group,
                group.end(),
                group.testTime().set(),
                ScoreKind.AVERAGE.words(group.testTime().samples()));
    }

    /** A claim before it is decided; fields as of {@link PaperClaim}. */
    record Stated(String id, String source, String words, String criterion) {
        PaperClaim decided(PaperClaim.Outcome outcome, String evidence, List<Long> seeds) {
            return new PaperClaim(id, source, words, criterion, outcome, evidence, seeds);
        }

        PaperClaim unmeasured(String missing) {
            return decided(PaperClaim.Outcome.NOT_MEASURED, missing, List.of());
        }
    }

    /** A seed's answer to a criterion. */
    record Seen(boolean holds, String numbers) {
        /** The answer to two criteria that have to hold together; empty where one has none. */
        static Optional<Seen> both(Optional<Seen> one, Optional<Seen> other) {
            return one.flatMap(first -> other.map(
                    second -> new Seen(first.holds && second.holds, first.numbers + " against " + second.numbers)));
        }
    }

    /**
     * A claim, decided.
     *
     * @param methods that a seed needs to have a say
     * @param criterion a seed's answer; empty where it was not measured
     */
    PaperClaim decide(Stated claim, List<String> methods, Function<Long, Optional<Seen>> criterion) {
        List<String> evidence = new ArrayList<>();
        List<Long> deciding = new ArrayList<>();
        boolean holds = true;
        List<Long> seeds = group.seeds(methods.toArray(String[]::new));
        for (long seed : seeds) {
            Optional<Seen> seen = criterion.apply(seed);
            if (seen.isPresent()) {
                deciding.add(seed);
                holds &= seen.get().holds;
                evidence.add("seed " + seed + ": " + seen.get().numbers + (seen.get().holds ? "" : " (fails)"));
            }
        }
        if (!evidence.isEmpty()) {
            return claim.decided(
                    holds ? PaperClaim.Outcome.REPRODUCED : PaperClaim.Outcome.NOT_REPRODUCED,
                    String.join("; ", evidence),
                    deciding);
        }
        return claim.unmeasured(
                seeds.isEmpty()
                        ? "needs "
                                + String.join(
                                        " and ",
                                        methods.stream().map(Method::title).toList())
                        : end == 0 ? LATE : "was not counted in these runs");
    }

    /** The difference of two milestones of a seed, with its interval over questions, held against a criterion; none at the start itself. */
    Function<Long, Optional<Seen>> difference(
            Milestone one, Milestone other, String set, ScoreKind kind, Predicate<Bootstrap.Interval> criterion) {
        boolean start = one.equals(other) || (one.round() == 0 && other.round() == 0);
        return difference(start ? Optional.empty() : group.difference(one, other, set, kind), criterion);
    }

    /** Differences of seeds, each with its interval over questions, held against a criterion. */
    Function<Long, Optional<Seen>> difference(Optional<PairedScores> all, Predicate<Bootstrap.Interval> criterion) {
        return seed -> all.filter(scores -> scores.bySeed().containsKey(seed))
                .map(scores -> scores.interval(seed))
                .map(interval -> new Seen(
                        criterion.test(interval),
                        Numbers.signed(interval.estimate()) + " [" + Numbers.signed(interval.low()) + ", "
                                + Numbers.signed(interval.high()) + "]"));
    }

    /** A run's measurement at the end; empty where there is none after the start. */
    Optional<MethodSummary.MeasuredVersion> atEnd(String method, long seed) {
        return group.of(method, seed).filter(summary -> end > 0).flatMap(summary -> summary.at(end));
    }

    static Milestone at(String method, int round) {
        return new Milestone(method, round);
    }

    /** From start to end, on the questions without labels. */
    Function<Long, Optional<Seen>> change(String method, ScoreKind kind, Predicate<Bootstrap.Interval> criterion) {
        return between(at(method, end), at(method, 0), kind, criterion);
    }

    /** From the second milestone to the first, on the questions without labels. */
    Function<Long, Optional<Seen>> between(
            Milestone one, Milestone other, ScoreKind kind, Predicate<Bootstrap.Interval> criterion) {
        return difference(one, other, set, kind, criterion);
    }

    /** The last round of runs that went on far beyond the others, against an earlier one. */
    PaperClaim later(Stated stated, String method, Predicate<Bootstrap.Interval> criterion) {
        PaperClaim decided = decide(stated, List.of(method), seed -> {
            int last = group.of(method, seed).orElseThrow().rounds();
            return last < LONG
                    ? Optional.empty()
                    : between(at(method, last), at(method, LATER), ScoreKind.AVERAGE, criterion)
                            .apply(seed);
        });
        boolean went = group.of(method).stream().anyMatch(run -> run.rounds() >= LONG);
        return decided.outcome() == PaperClaim.Outcome.NOT_MEASURED
                ? stated.unmeasured(
                        went
                                ? "needs a measurement at round " + LATER + " and at the last one"
                                : "needs a run of " + LONG + " rounds or more")
                : decided;
    }
}
