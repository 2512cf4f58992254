package dev.tempo.eval.reproduction;

import dev.tempo.eval.reproduction.SeedBySeed.Stated;
import dev.tempo.eval.reproduction.SeedGroup.Milestone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The criteria by which claims count as reproduced: pure functions of the summaries of a group of seeds. Those of the paper's claims
 * were written, with their bounds, before this command had run any seed but 0, 1 and 2; docs/reproduction.md says the same in words.
 * Rounds are those of the last stage: "the start" is where it begins, "the end" the latest round that every run was measured at.
 */
final class ClaimCriteria {
    static final double GAIN = .15;
    static final double KEPT = .05;
    static final double BEHIND = .08;
    private static final double LOST = .10;
    private static final double SIGNIFICANT = .05;

    private final SeedGroup group;
    private final SeedBySeed seeds;
    private final PairedTests tests;
    private final int end;
    private final String set;
    private final int samples;
    private final ScoreKind widest;
    private final String avg;
    private final String pass;

    /** @param tests of the group */
    ClaimCriteria(SeedGroup group, PairedTests tests) {
        this.group = group;
        this.tests = tests;
        seeds = new SeedBySeed(group);
        end = seeds.end();
        set = seeds.set();
        samples = group.testTime().samples();
        widest = group.widest();
        avg = seeds.avg();
        pass = widest.words(samples);
    }

    /** All claims, the paper's first. */
    List<PaperClaim> all() {
        List<PaperClaim> claims = new ArrayList<>();
        claims.addAll(rise());
        claims.add(beats(Method.TTRL, ScoreKind.AVERAGE, "Table 1", "TEMPO ends above TTRL"));
        claims.add(beats(Method.EMPO, ScoreKind.AVERAGE, "Table 1", "TEMPO ends above EMPO"));
        claims.addAll(diversity());
        CriticCriteria critic = new CriticCriteria(seeds);
        claims.addAll(critic.rivals());
        List<MethodSummary.SetQuestions> held =
                group.sets().stream().filter(other -> !other.testTime()).toList();
        held.forEach(each -> claims.addAll(heldOut(each, held.size() == 1 ? "" : "-" + each.set())));
        claims.add(critic.costs());
        claims.add(new Stated(
                        "beyond-math",
                        "Table 2",
                        "It works beyond mathematics",
                        "questions of another subject gain by the criteria above")
                .unmeasured("no summary has questions of another subject"));
        claims.addAll(new OwnCriteria(seeds).all());
        return claims;
    }

    private List<PaperClaim> rise() {
        List<String> tempo = List.of(Method.TEMPO);
        int middle = middle();
        return List.of(
                seeds.decide(
                        new Stated(
                                "gain",
                                "Table 1, Figure 5",
                                "TEMPO improves a converged model on questions without labels by 15 points and more",
                                avg + " rises by at least .15 from start to end, and the 95 % interval of the rise lies"
                                        + " above 0"),
                        tempo,
                        seeds.change(
                                Method.TEMPO, ScoreKind.AVERAGE, rise -> rise.estimate() >= GAIN && rise.low() > 0)),
                seeds.decide(
                        new Stated(
                                "keeps-rising",
                                "Figure 1",
                                "TEMPO keeps rising",
                                avg + " at the end lies above that at half of the rounds"),
                        tempo,
                        middle == 0
                                ? seed -> Optional.empty()
                                : seeds.between(
                                        SeedBySeed.at(Method.TEMPO, end),
                                        SeedBySeed.at(Method.TEMPO, middle),
                                        ScoreKind.AVERAGE,
                                        rise -> rise.estimate() > 0)),
                seeds.later(
                        new Stated(
                                "rises-on",
                                "Figures 1 and 4",
                                "TEMPO still rises after hundreds of rounds",
                                avg + " of the last round, " + SeedBySeed.LONG + " or later, lies above that of round "
                                        + SeedBySeed.LATER),
                        Method.TEMPO,
                        rise -> rise.estimate() > 0));
    }

    private List<PaperClaim> diversity() {
        List<PaperClaim> claims = new ArrayList<>();
        claims.add(seeds.decide(
                new Stated(
                        "diversity-kept",
                        "Figure 3",
                        "TEMPO keeps diversity",
                        pass + " at the end is at most .05 below that at the start"),
                List.of(Method.TEMPO),
                seeds.change(Method.TEMPO, widest, change -> change.estimate() >= -KEPT)));
        claims.add(seeds.decide(
                new Stated(
                        "diversity-grows",
                        "Figure 3",
                        "TEMPO even gains diversity",
                        pass + " at the end is higher than at the start"),
                List.of(Method.TEMPO),
                seeds.change(Method.TEMPO, widest, change -> change.estimate() > 0)));
        for (String vote : List.of(Method.TTRL, Method.EMPO)) {
            claims.add(seeds.decide(
                    new Stated(
                            vote + "-loses-diversity",
                            vote.equals(Method.TTRL) ? "Figure 3" : "Table 1",
                            Method.title(vote) + " loses diversity",
                            pass + " falls by at least .10 from start to end"),
                    List.of(vote),
                    seeds.change(vote, widest, change -> change.estimate() <= -LOST)));
            claims.add(beats(
                    vote, widest, "Table 1, Figure 3", "TEMPO ends with more diversity than " + Method.title(vote)));
        }
        return claims;
    }

    /** @param suffix of the claims' ids, where there are several sets */
    private List<PaperClaim> heldOut(MethodSummary.SetQuestions held, String suffix) {
        String which = suffix.isEmpty() ? "" : " (" + held.set() + ")";
        ScoreKind few =
                ScoreKind.passAt(held.passAt().stream().min(Integer::compare).orElse(held.samples()));
        Milestone last = SeedBySeed.at(Method.TEMPO, end);
        Milestone first = SeedBySeed.at(Method.TEMPO, 0);
        return List.of(
                seeds.decide(
                        new Stated(
                                "holdout-gains" + suffix,
                                "Table 1 (AIME 26, OlymMATH)",
                                "Questions that were never learned from gain too" + which,
                                ScoreKind.AVERAGE.words(held.samples()) + " on " + held.set()
                                        + " rises from start to end, its 95 % interval above 0"),
                        List.of(Method.TEMPO),
                        seeds.difference(last, first, held.set(), ScoreKind.AVERAGE, rise -> rise.low() > 0)),
                seeds.decide(
                        new Stated(
                                "holdout-diversity-kept" + suffix,
                                "Table 1 (AIME 26, OlymMATH)",
                                "Diversity is kept on questions that were never learned from" + which,
                                few.words(held.samples()) + " on " + held.set() + " ends at most .05 below its start"),
                        List.of(Method.TEMPO),
                        seeds.difference(last, first, held.set(), few, change -> change.estimate() >= -KEPT)));
    }

    /** TEMPO against a method at the end: above it in every seed, and by the corrected test over questions. */
    private PaperClaim beats(String method, ScoreKind kind, String source, String words) {
        Optional<PairedTests.Row> test = tests.row(method, set, kind);
        boolean significant = test.filter(row -> row.corrected() < SIGNIFICANT).isPresent();
        Stated stated = new Stated(
                "above-" + method + (kind.pass() == 0 ? "" : "-pass"),
                source,
                words,
                kind.words(samples) + " of TEMPO ends above that of " + Method.title(method)
                        + " in every seed, and Holm's p over all questions is below .05");
        PaperClaim decided = seeds.decide(
                stated,
                List.of(Method.TEMPO, method),
                test.isEmpty()
                        ? seed -> Optional.empty()
                        : seeds.between(
                                SeedBySeed.at(Method.TEMPO, end),
                                SeedBySeed.at(method, end),
                                kind,
                                lead -> lead.estimate() > 0 && significant));
        return stated.decided(
                decided.outcome(),
                decided.evidence()
                        + test.filter(row -> decided.outcome() != PaperClaim.Outcome.NOT_MEASURED)
                                .map(row -> ", p " + Numbers.p(row.corrected()))
                                .orElse(""),
                decided.seeds());
    }

    /** The measured round after the start that is nearest to half of the rounds, of those that every run of TEMPO has; 0 where there is none. */
    private int middle() {
        return group.rounds().stream()
                .filter(round -> round > 0 && round < end)
                .filter(round -> group.of(Method.TEMPO).stream()
                        .allMatch(run -> run.at(round).isPresent()))
                .min((one, other) -> Double.compare(Math.abs(one - end / 2.0), Math.abs(other - end / 2.0)))
                .orElse(0);
    }
}
