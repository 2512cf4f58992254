package dev.tempo.eval.reproduction;

import dev.tempo.algorithm.Bootstrap;
import dev.tempo.eval.reproduction.SeedGroup.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The criteria by which claims count as reproduced: pure functions of the summaries of a group of seeds. They were written, with
 * their bounds, before any seed but 0, 1 and 2 was run; docs/reproduction.md says the same in words. A criterion holds in every
 * seed that has what it needs, or it does not hold. Rounds are those of the last stage: "the start" is where it begins, "the end"
 * the latest round that every run was measured at.
 */
final class ClaimCriteria {
    private static final double GAIN = .15;
    private static final double KEPT = .05;
    private static final double LOST = .10;
    private static final double BEHIND = .08;
    private static final double STANDS_STILL = .06;
    private static final double PLATEAU = .02;
    private static final double HONEST = .5;
    private static final double TELLS = .8;
    private static final double SIGNIFICANT = .05;
    private static final int LONG = 200;
    private static final int LATER = 100;

    private final SeedGroup group;
    private final PairedTests tests;
    private final int end;
    private final String set;
    private final int samples;
    private final ScoreKind widest;

    ClaimCriteria(SeedGroup group) {
        this.group = group;
        tests = PairedTests.of(group);
        end = group.end();
        set = group.testTime().set();
        samples = group.testTime().samples();
        widest = ScoreKind.passAt(group.testTime().passAt().stream()
                .max(Integer::compare)
                .orElse(samples));
    }

    /** A seed's answer to a criterion. */
    private record Seen(boolean holds, String numbers) {}

    /** All claims, the paper's first. */
    List<PaperClaim> all() {
        String avg = ScoreKind.AVERAGE.words(samples);
        String pass = widest.words(samples);
        List<PaperClaim> claims = new ArrayList<>();
        claims.add(claim(
                "gain",
                "Table 1, Figure 5",
                "TEMPO improves a converged model on questions without labels by 15 points and more",
                avg + " rises by at least .15 from start to end, and the 95 % interval of the rise lies above 0",
                List.of(Method.TEMPO),
                seed -> change(
                        seed,
                        at(Method.TEMPO, end),
                        at(Method.TEMPO, 0),
                        set,
                        ScoreKind.AVERAGE,
                        rise -> rise.estimate() >= GAIN && rise.low() > 0)));
        int middle = middle();
        claims.add(claim(
                "keeps-rising",
                "Figure 1",
                "TEMPO keeps rising",
                avg + " at the end lies above that at half of the rounds",
                List.of(Method.TEMPO),
                seed -> change(
                        seed,
                        at(Method.TEMPO, end),
                        at(Method.TEMPO, middle),
                        set,
                        ScoreKind.AVERAGE,
                        rise -> rise.estimate() > 0)));
        claims.add(later(
                "rises-on",
                "Figures 1 and 4",
                "TEMPO still rises after hundreds of rounds",
                avg + " of the last round, " + LONG + " or later, lies above that of round " + LATER,
                Method.TEMPO,
                rise -> rise.estimate() > 0));
        claims.add(beats(Method.TTRL, ScoreKind.AVERAGE, "Table 1", "TEMPO ends above TTRL"));
        claims.add(beats(Method.EMPO, ScoreKind.AVERAGE, "Table 1", "TEMPO ends above EMPO"));
        claims.add(claim(
                "diversity-kept",
                "Figure 3",
                "TEMPO keeps diversity",
                pass + " at the end is at most .05 below that at the start",
                List.of(Method.TEMPO),
                seed -> change(
                        seed,
                        at(Method.TEMPO, end),
                        at(Method.TEMPO, 0),
                        set,
                        widest,
                        change -> change.estimate() >= -KEPT)));
        claims.add(claim(
                "diversity-grows",
                "Figure 3",
                "TEMPO even gains diversity",
                pass + " at the end is higher than at the start",
                List.of(Method.TEMPO),
                seed -> change(
                        seed,
                        at(Method.TEMPO, end),
                        at(Method.TEMPO, 0),
                        set,
                        widest,
                        change -> change.estimate() > 0)));
        for (String vote : List.of(Method.TTRL, Method.EMPO)) {
            claims.add(claim(
                    vote + "-loses-diversity",
                    vote.equals(Method.TTRL) ? "Figure 3" : "Table 1",
                    Method.title(vote) + " loses diversity",
                    pass + " falls by at least .10 from start to end",
                    List.of(vote),
                    seed -> change(
                            seed,
                            at(vote, end),
                            at(vote, 0),
                            set,
                            widest,
                            change -> change.estimate() <= -LOST)));
            claims.add(beats(
                    vote, widest, "Table 1, Figure 3", "TEMPO ends with more diversity than " + Method.title(vote)));
        }
        claims.add(claim(
                "supervised-stands-still",
                "Figure 5",
                "More supervised training on the labeled questions adds nothing where TEMPO gains",
                avg + " of the continuation ends within .06 of its start, while TEMPO's rises by at least .15",
                List.of(Method.CONTINUED, Method.TEMPO),
                seed -> both(
                        change(
                                seed,
                                at(Method.CONTINUED, end),
                                at(Method.CONTINUED, 0),
                                set,
                                ScoreKind.AVERAGE,
                                change -> Math.abs(change.estimate()) <= STANDS_STILL),
                        change(
                                seed,
                                at(Method.TEMPO, end),
                                at(Method.TEMPO, 0),
                                set,
                                ScoreKind.AVERAGE,
                                change -> change.estimate() >= GAIN))));
        int early = early();
        claims.add(claim(
                "frozen-follows",
                "Figure 6",
                "A frozen critic follows at first",
                "at round " + early + " " + avg + " of the frozen critic has risen at least half as far as TEMPO's",
                List.of(Method.FROZEN, Method.TEMPO),
                seed -> follows(seed, early)));
        claims.add(claim(
                "frozen-falls-behind",
                "Figure 6",
                "Without recalibration the method falls behind",
                avg + " of the frozen critic ends at least .08 below TEMPO's",
                List.of(Method.FROZEN, Method.TEMPO),
                seed -> change(
                        seed,
                        at(Method.TEMPO, end),
                        at(Method.FROZEN, end),
                        set,
                        ScoreKind.AVERAGE,
                        lead -> lead.estimate() >= BEHIND)));
        claims.add(later(
                "frozen-plateaus",
                "Figure 6",
                "With a frozen critic nothing is gained after about 100 rounds",
                avg + " of the last round, " + LONG + " or later, is at most .02 above that of round " + LATER,
                Method.FROZEN,
                change -> change.estimate() <= PLATEAU));
        claims.add(claim(
                "critic-holds",
                "Section 3, Figure 6",
                "Recalibration keeps the critic telling right from wrong, and a frozen one drifts",
                "at the end the AUC of TEMPO's critic is at least .8 and above that of the frozen one",
                List.of(Method.TEMPO, Method.FROZEN),
                this::criticHolds));
        holdout().ifPresent(held -> {
            claims.add(claim(
                    "holdout-gains",
                    "Table 1 (AIME 26, OlymMATH)",
                    "Questions that were never learned from gain too",
                    avg + " on " + held.set() + " rises from start to end, its 95 % interval above 0",
                    List.of(Method.TEMPO),
                    seed -> change(
                            seed,
                            at(Method.TEMPO, end),
                            at(Method.TEMPO, 0),
                            held.set(),
                            ScoreKind.AVERAGE,
                            rise -> rise.low() > 0)));
            ScoreKind few = ScoreKind.passAt(
                    held.passAt().stream().min(Integer::compare).orElse(held.samples()));
            claims.add(claim(
                    "holdout-diversity-kept",
                    "Table 1 (AIME 26, OlymMATH)",
                    "Diversity is kept on questions that were never learned from",
                    few.words(held.samples()) + " on " + held.set() + " ends at most .05 below its start",
                    List.of(Method.TEMPO),
                    seed -> change(
                            seed,
                            at(Method.TEMPO, end),
                            at(Method.TEMPO, 0),
                            held.set(),
                            few,
                            change -> change.estimate() >= -KEPT)));
        });
        claims.add(claim(
                "costs",
                "Limitations",
                "Actor and critic together cost more than one model",
                "TEMPO takes more processor seconds a round than TTRL",
                List.of(Method.TEMPO, Method.TTRL),
                this::costs));
        claims.add(unmeasured(
                "beyond-math",
                "Table 2",
                "It works beyond mathematics",
                "a set of questions of another domain gains by the criteria above",
                "no summary has questions of a second domain"));
        claims.add(claim(
                "rehearsal-honest",
                "ours",
                "A little rehearsal keeps wrong answers from claiming to be right, and costs no accuracy",
                "fewer than half of the wrong answers of TEMPO, rehearsed, claim to be right at the end, and its " + avg
                        + " is at most .05 below TEMPO's",
                List.of(Method.REHEARSED, Method.TEMPO),
                this::honest));
        return claims;
    }

    private static Standing at(String method, int round) {
        return new Standing(method, round);
    }

    private PaperClaim claim(
            String id,
            String source,
            String words,
            String criterion,
            List<String> methods,
            Function<Long, Optional<Seen>> decision) {
        List<String> evidence = new ArrayList<>();
        boolean holds = true;
        for (long seed : group.seeds(methods.toArray(String[]::new))) {
            Optional<Seen> seen = decision.apply(seed);
            if (seen.isPresent()) {
                holds &= seen.get().holds;
                evidence.add("seed " + seed + ": " + seen.get().numbers + (seen.get().holds ? "" : " (fails)"));
            }
        }
        if (evidence.isEmpty()) {
            List<String> names = methods.stream().map(Method::title).toList();
            return unmeasured(id, source, words, criterion, "needs " + String.join(" and ", names));
        }
        return new PaperClaim(
                id,
                source,
                words,
                criterion,
                holds ? PaperClaim.Outcome.REPRODUCED : PaperClaim.Outcome.NOT_REPRODUCED,
                String.join("; ", evidence));
    }

    private static PaperClaim unmeasured(String id, String source, String words, String criterion, String missing) {
        return new PaperClaim(id, source, words, criterion, PaperClaim.Outcome.NOT_MEASURED, missing);
    }

    private Optional<Seen> change(
            long seed, Standing one, Standing other, String on, ScoreKind kind, Predicate<Bootstrap.Interval> criterion) {
        return group.difference(one, other, on, kind)
                .filter(scores -> scores.bySeed().containsKey(seed) && !one.equals(other))
                .map(scores -> scores.interval(seed))
                .map(interval -> new Seen(criterion.test(interval), words(interval)));
    }

    private static Optional<Seen> both(Optional<Seen> one, Optional<Seen> other) {
        return one.flatMap(first -> other.map(
                second -> new Seen(first.holds && second.holds, first.numbers + " against " + second.numbers)));
    }

    /** TEMPO against a method at the end: above it in every seed, and by the corrected test over questions. */
    private PaperClaim beats(String method, ScoreKind kind, String source, String words) {
        Optional<PairedTests.Row> test = tests.row(method, set, kind);
        String p = test.map(row -> ", p = " + Numbers.p(row.corrected())).orElse("");
        boolean significant = test.filter(row -> row.corrected() < SIGNIFICANT).isPresent();
        PaperClaim everySeed = claim(
                "above-" + method + (kind.pass() == 0 ? "" : "-pass"),
                source,
                words,
                kind.words(samples) + " of TEMPO ends above that of " + Method.title(method)
                        + " in every seed, and Holm's p over all questions is below .05",
                List.of(Method.TEMPO, method),
                seed -> change(
                        seed,
                        at(Method.TEMPO, end),
                        at(method, end),
                        set,
                        kind,
                        lead -> lead.estimate() > 0 && significant));
        return new PaperClaim(
                everySeed.id(),
                everySeed.source(),
                everySeed.words(),
                everySeed.criterion(),
                everySeed.outcome(),
                everySeed.evidence() + p);
    }

    private PaperClaim later(
            String id,
            String source,
            String words,
            String criterion,
            String method,
            Predicate<Bootstrap.Interval> decision) {
        PaperClaim claim = claim(id, source, words, criterion, List.of(method), seed -> {
            int last = group.of(method, seed).orElseThrow().rounds();
            return last < LONG
                    ? Optional.empty()
                    : change(seed, at(method, last), at(method, LATER), set, ScoreKind.AVERAGE, decision);
        });
        return claim.outcome() == PaperClaim.Outcome.NOT_MEASURED
                ? unmeasured(id, source, words, criterion, "needs a run of " + LONG + " rounds or more")
                : claim;
    }

    private Optional<Seen> follows(long seed, int early) {
        Optional<PairedScores> frozen =
                group.difference(at(Method.FROZEN, early), at(Method.FROZEN, 0), set, ScoreKind.AVERAGE);
        Optional<PairedScores> tempo =
                group.difference(at(Method.TEMPO, early), at(Method.TEMPO, 0), set, ScoreKind.AVERAGE);
        if (early == 0 || frozen.isEmpty() || tempo.isEmpty()) {
            return Optional.empty();
        }
        double follower = frozen.get().mean(seed);
        double leader = tempo.get().mean(seed);
        return Optional.of(new Seen(
                follower > 0 && follower >= leader / 2,
                Numbers.signed(follower) + " where TEMPO has " + Numbers.signed(leader)));
    }

    private Optional<Seen> criticHolds(long seed) {
        OptionalDouble tempo = auc(Method.TEMPO, seed);
        OptionalDouble frozen = auc(Method.FROZEN, seed);
        return tempo.isEmpty() || frozen.isEmpty()
                ? Optional.empty()
                : Optional.of(new Seen(
                        tempo.getAsDouble() >= TELLS && tempo.getAsDouble() > frozen.getAsDouble(),
                        Numbers.score(tempo.getAsDouble()) + " against " + Numbers.score(frozen.getAsDouble())));
    }

    private OptionalDouble auc(String method, long seed) {
        return group.of(method, seed)
                .flatMap(summary -> summary.at(end))
                .map(MethodSummary.MeasuredVersion::critic)
                .map(critic -> OptionalDouble.of(critic.auc()))
                .orElse(OptionalDouble.empty());
    }

    private Optional<Seen> costs(long seed) {
        OptionalDouble tempo = secondsPerRound(Method.TEMPO, seed);
        OptionalDouble votes = secondsPerRound(Method.TTRL, seed);
        return tempo.isEmpty() || votes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Seen(
                        tempo.getAsDouble() > votes.getAsDouble(),
                        String.format(Locale.ROOT, "%.1f s against %.1f s", tempo.getAsDouble(), votes.getAsDouble())));
    }

    private OptionalDouble secondsPerRound(String method, long seed) {
        Double seconds = group.of(method, seed)
                .flatMap(summary -> summary.at(end))
                .map(MethodSummary.MeasuredVersion::cpuSeconds)
                .orElse(null);
        return seconds == null || end == 0 ? OptionalDouble.empty() : OptionalDouble.of(seconds / end);
    }

    private Optional<Seen> honest(long seed) {
        Optional<Seen> accuracy = change(
                seed,
                at(Method.REHEARSED, end),
                at(Method.TEMPO, end),
                set,
                ScoreKind.AVERAGE,
                change -> change.estimate() >= -KEPT);
        Optional<Seen> claiming = group.of(Method.REHEARSED, seed)
                .flatMap(summary -> summary.at(end))
                .map(measured -> measured.on(set).wrongClaimingCorrect())
                .map(share -> new Seen(share < HONEST, Numbers.score(share) + " claim it"));
        return both(claiming, accuracy);
    }

    private Optional<MethodSummary.SetQuestions> holdout() {
        return group.sets().stream().filter(other -> !other.testTime()).findFirst();
    }

    /** The measured round nearest to half of the rounds. */
    private int middle() {
        return group.rounds().stream()
                .filter(round -> round < end)
                .min((one, other) -> Double.compare(Math.abs(one - end / 2.0), Math.abs(other - end / 2.0)))
                .orElse(0);
    }

    /** The first measured round after the start. */
    private int early() {
        return group.rounds().stream()
                .filter(round -> round > 0 && round < end)
                .findFirst()
                .orElse(0);
    }

    private static String words(Bootstrap.Interval interval) {
        return Numbers.signed(interval.estimate()) + " [" + Numbers.signed(interval.low()) + ", "
                + Numbers.signed(interval.high()) + "]";
    }
}
