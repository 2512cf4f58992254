package dev.tempo.eval.reproduction;

import dev.tempo.eval.reproduction.SeedBySeed.Seen;
import dev.tempo.eval.reproduction.SeedBySeed.Stated;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of the {@linkplain ClaimCriteria criteria} that is about the critic: going on without one, with a frozen one, its price. */
final class CriticCriteria {
    private static final double STANDS_STILL = .06;
    private static final double PLATEAU = .02;
    private static final double TELLS = .8;

    private final SeedBySeed seeds;
    private final SeedGroup group;
    private final int end;
    private final String set;
    private final String avg;

    CriticCriteria(SeedBySeed seeds) {
        this.seeds = seeds;
        group = seeds.group();
        end = seeds.end();
        set = seeds.set();
        avg = seeds.avg();
    }

    /** More labels, or no recalibration, in TEMPO's place. */
    List<PaperClaim> rivals() {
        Function<Long, Optional<Seen>> still = seeds.change(
                Method.CONTINUED, ScoreKind.AVERAGE, change -> Math.abs(change.estimate()) <= STANDS_STILL);
        Function<Long, Optional<Seen>> gains =
                seeds.change(Method.TEMPO, ScoreKind.AVERAGE, change -> change.estimate() >= ClaimCriteria.GAIN);
        List<String> frozen = List.of(Method.FROZEN, Method.TEMPO);
        int early = early();
        return List.of(
                seeds.decide(
                        new Stated(
                                "supervised-stands-still",
                                "Figure 5",
                                "More supervised training on the labeled questions adds nothing where TEMPO gains",
                                avg
                                        + " of the continuation ends within .06 of its start, while TEMPO's rises by at least"
                                        + " .15"),
                        List.of(Method.CONTINUED, Method.TEMPO),
                        seed -> Seen.both(still.apply(seed), gains.apply(seed))),
                seeds.decide(
                        new Stated(
                                "frozen-follows",
                                "Figure 6",
                                "A frozen critic follows at first",
                                "at the first measurement after the start, " + avg
                                        + " of the frozen critic has risen, and at least half as far as TEMPO's"),
                        frozen,
                        seed -> follows(seed, early)),
                seeds.decide(
                        new Stated(
                                "frozen-falls-behind",
                                "Figure 6",
                                "Without recalibration the method falls behind",
                                avg + " of the frozen critic ends at least .08 below TEMPO's"),
                        frozen,
                        seeds.between(
                                SeedBySeed.at(Method.TEMPO, end),
                                SeedBySeed.at(Method.FROZEN, end),
                                ScoreKind.AVERAGE,
                                lead -> lead.estimate() >= ClaimCriteria.BEHIND)),
                seeds.later(
                        new Stated(
                                "frozen-plateaus",
                                "Figure 6",
                                "With a frozen critic nothing is gained after about 100 rounds",
                                avg + " of the last round, " + SeedBySeed.LONG
                                        + " or later, is at most .02 above that of round " + SeedBySeed.LATER),
                        Method.FROZEN,
                        change -> change.estimate() <= PLATEAU),
                seeds.decide(
                        new Stated(
                                "critic-holds",
                                "Section 3, Figure 6",
                                "Recalibration keeps the critic telling right from wrong, and a frozen one drifts",
                                "at the end the AUC of TEMPO's critic is at least .8 and above that of the frozen one"),
                        frozen,
                        this::criticHolds));
    }

    /** What two models cost. */
    PaperClaim costs() {
        return seeds.decide(
                new Stated(
                        "costs",
                        "Limitations",
                        "Actor and critic together cost more than one model",
                        "TEMPO takes more processor seconds a round than TTRL"),
                List.of(Method.TEMPO, Method.TTRL),
                this::costs);
    }

    private Optional<Seen> follows(long seed, int early) {
        Optional<Double> frozen = risen(Method.FROZEN, seed, early);
        Optional<Double> tempo = risen(Method.TEMPO, seed, early);
        if (early == 0 || frozen.isEmpty() || tempo.isEmpty()) {
            return Optional.empty();
        }
        double follower = frozen.get();
        double leader = tempo.get();
        return Optional.of(new Seen(
                follower > 0 && follower >= leader / 2,
                Numbers.signed(follower) + " at round " + early + ", where TEMPO has " + Numbers.signed(leader)));
    }

    /** How far a method's score has risen from the start; empty where it was not measured on the seed. */
    private Optional<Double> risen(String method, long seed, int round) {
        return group.difference(SeedBySeed.at(method, round), SeedBySeed.at(method, 0), set, ScoreKind.AVERAGE)
                .filter(rise -> rise.bySeed().containsKey(seed))
                .map(rise -> rise.mean(seed));
    }

    private Optional<Seen> criticHolds(long seed) {
        Double tempo = auc(Method.TEMPO, seed);
        Double frozen = auc(Method.FROZEN, seed);
        return tempo == null || frozen == null
                ? Optional.empty()
                : Optional.of(new Seen(
                        tempo >= TELLS && tempo > frozen, Numbers.score(tempo) + " against " + Numbers.score(frozen)));
    }

    private @Nullable Double auc(String method, long seed) {
        return seeds.atEnd(method, seed)
                .map(MethodSummary.MeasuredVersion::critic)
                .map(MethodSummary.CriticMeasure::auc)
                .orElse(null);
    }

    private Optional<Seen> costs(long seed) {
        Double tempo = processorSeconds(Method.TEMPO, seed);
        Double votes = processorSeconds(Method.TTRL, seed);
        return tempo == null || votes == null
                ? Optional.empty()
                : Optional.of(new Seen(
                        tempo > votes, String.format(Locale.ROOT, "%.1f s against %.1f s", tempo / end, votes / end)));
    }

    private @Nullable Double processorSeconds(String method, long seed) {
        return seeds.atEnd(method, seed)
                .map(MethodSummary.MeasuredVersion::cpuSeconds)
                .orElse(null);
    }

    /** The first round after the start that every run of TEMPO and of the frozen critic was measured at. */
    private int early() {
        return group.rounds().stream()
                .filter(round -> round > 0 && round < end)
                .filter(round -> Stream.of(Method.TEMPO, Method.FROZEN)
                        .flatMap(method -> group.of(method).stream())
                        .allMatch(run -> run.at(round).isPresent()))
                .findFirst()
                .orElse(0);
    }
}
