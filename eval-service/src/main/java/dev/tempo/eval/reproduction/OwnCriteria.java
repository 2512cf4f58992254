package dev.tempo.eval.reproduction;

import dev.tempo.eval.reproduction.SeedBySeed.Seen;
import dev.tempo.eval.reproduction.SeedBySeed.Stated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * The part of the {@linkplain ClaimCriteria criteria} that is about claims of this project, which the paper does not make. All but
 * that of rehearsal were written before this command had run the world in words on any seed but 0, and when the quickstart's seeds 0 to 3
 * were known.
 */
final class OwnCriteria {
    private static final double HONEST = .5;
    private static final double TIMES = 2.2;
    private static final double SOLVED = .55;

    private final SeedBySeed seeds;
    private final SeedGroup group;
    private final int end;
    private final String set;
    private final String avg;

    OwnCriteria(SeedBySeed seeds) {
        this.seeds = seeds;
        group = seeds.group();
        end = seeds.end();
        set = seeds.set();
        avg = seeds.avg();
    }

    List<PaperClaim> all() {
        return List.of(
                seeds.decide(
                        new Stated(
                                "rehearsal-honest",
                                PaperClaim.OURS,
                                "More rehearsal keeps wrong answers from claiming to be right, and costs no accuracy",
                                "fewer than half of the wrong answers of TEMPO, rehearsed, claim to be right at the end, and its "
                                        + avg + " is at most .05 below TEMPO's"),
                        List.of(Method.REHEARSED, Method.TEMPO),
                        this::honest),
                seeds.decide(
                        new Stated(
                                "doubles",
                                PaperClaim.OURS,
                                "TEMPO more than doubles what the model knows after stage 1",
                                avg + " at the end is at least 2.2 times that at the start, and at least .55"),
                        List.of(Method.TEMPO),
                        this::doubles),
                seeds.decide(
                        new Stated(
                                "ttrl-falls-behind",
                                PaperClaim.OURS,
                                "TTRL ends far below TEMPO",
                                avg + " of TTRL ends at least .08 below TEMPO's"),
                        List.of(Method.TTRL, Method.TEMPO),
                        lead(Method.TEMPO, Method.TTRL, ClaimCriteria.BEHIND)),
                seeds.decide(
                        new Stated(
                                "adapters",
                                PaperClaim.OURS,
                                "Adapters learn nearly as well as all weights",
                                avg + " of TEMPO, LoRA, ends at most .08 below TEMPO's"),
                        List.of(Method.LORA, Method.TEMPO),
                        lead(Method.LORA, Method.TEMPO, -ClaimCriteria.BEHIND)),
                seeds.decide(
                        new Stated(
                                "other-family",
                                PaperClaim.OURS,
                                "A base of OLMo 3's architecture gains, too",
                                avg
                                        + " of TEMPO, OLMo 3 base, rises by at least .15 from start to end, its interval above 0"),
                        List.of(Method.OLMO3),
                        seeds.change(
                                Method.OLMO3,
                                ScoreKind.AVERAGE,
                                rise -> rise.estimate() >= ClaimCriteria.GAIN && rise.low() > 0)),
                domains());
    }

    private Function<Long, Optional<Seen>> lead(String method, String other, double least) {
        return seeds.between(
                SeedBySeed.at(method, end),
                SeedBySeed.at(other, end),
                ScoreKind.AVERAGE,
                lead -> lead.estimate() >= least);
    }

    private Optional<Seen> honest(long seed) {
        return Seen.both(
                seeds.atEnd(Method.REHEARSED, seed)
                        .map(measured -> measured.on(set).wrongClaimingCorrect())
                        .map(share -> new Seen(share < HONEST, Numbers.score(share) + " claim it")),
                lead(Method.REHEARSED, Method.TEMPO, -ClaimCriteria.KEPT).apply(seed));
    }

    private Optional<Seen> doubles(long seed) {
        MethodSummary run = group.of(Method.TEMPO, seed).orElseThrow();
        RoundCharts.Measure mean = RoundCharts.score(set, ScoreKind.AVERAGE);
        double start = mean.of(run, 0);
        double last = mean.of(run, end);
        return end > 0 && Double.isFinite(start) && Double.isFinite(last)
                ? Optional.of(new Seen(
                        last >= TIMES * start && last >= SOLVED, Numbers.score(start) + " to " + Numbers.score(last)))
                : Optional.empty();
    }

    private PaperClaim domains() {
        Stated stated = new Stated(
                "domains",
                PaperClaim.OURS,
                "Domains with judges of their own learn in one run",
                avg + " of the questions of each domain rises by at least .15 from start to end, its interval above 0");
        PaperClaim decided = seeds.decide(stated, List.of(Method.TEMPO), this::domains);
        return decided.outcome() == PaperClaim.Outcome.NOT_MEASURED && end > 0
                ? stated.unmeasured("needs a world of more than one domain")
                : decided;
    }

    private Optional<Seen> domains(long seed) {
        SortedMap<String, Set<String>> byDomain =
                group.of(Method.TEMPO, seed).orElseThrow().testTime().byDomain();
        boolean holds = true;
        List<String> numbers = new ArrayList<>();
        for (String domain : byDomain.keySet()) {
            Optional<Seen> seen = seeds.difference(
                            group.difference(
                                    SeedBySeed.at(Method.TEMPO, end),
                                    SeedBySeed.at(Method.TEMPO, 0),
                                    set,
                                    ScoreKind.AVERAGE,
                                    question -> byDomain.get(domain).contains(question)),
                            rise -> rise.estimate() >= ClaimCriteria.GAIN && rise.low() > 0)
                    .apply(seed);
            if (end == 0 || seen.isEmpty()) {
                return Optional.empty();
            }
            holds &= seen.get().holds();
            numbers.add(domain + " " + seen.get().numbers());
        }
        return numbers.isEmpty() ? Optional.empty() : Optional.of(new Seen(holds, String.join(", ", numbers)));
    }
}
