package dev.tempo.eval.reproduction;

import static dev.tempo.eval.reproduction.SummaryBuilder.aSummary;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.eval.reproduction.PaperClaim.Outcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Criteria on counts so small that their numbers are seen at a look: four samples a question, so a count of 1 is .25. */
class ClaimCriteriaTest {
    private static final int QUESTIONS = 12;

    /** Everything as the paper has it, on two seeds. */
    private static List<MethodSummary> asThePaperHasIt() {
        return IntStream.range(0, 2)
                .mapToObj(seed -> List.of(
                        aSummary("tempo", seed)
                                .secondsPerRound(4)
                                .at(0, all(1))
                                .at(10, all(2))
                                .at(20, all(3))
                                .at(40, all(4))
                                .build(),
                        // round 10: .25 of .25 followed; then it loses it again
                        aSummary("frozen", seed)
                                .at(0, all(1))
                                .at(10, all(2))
                                .auc(.6)
                                .at(20, all(1))
                                .at(40, all(1))
                                .build(),
                        // the same average, but half of the questions are always right and the others never
                        aSummary("ttrl", seed)
                                .at(0, all(1))
                                .at(10, halves(4, 0))
                                .at(20, halves(4, 0))
                                .at(40, halves(4, 0))
                                .build(),
                        aSummary("empo", seed)
                                .at(0, all(1))
                                .at(10, halves(4, 0))
                                .at(20, halves(4, 0))
                                .at(40, halves(4, 0))
                                .build(),
                        aSummary("continued", seed)
                                .at(0, all(1))
                                .at(10, all(1))
                                .at(20, all(1))
                                .at(40, all(1))
                                .build(),
                        aSummary("rehearsed", seed)
                                .claiming(.2)
                                .at(0, all(1))
                                .at(10, all(2))
                                .at(20, all(3))
                                .at(40, all(4))
                                .build()))
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void whatGoesAsThePaperSaysIsReproduced() {
        Map<String, PaperClaim> claims = claims(asThePaperHasIt());

        assertThat(of(claims, Outcome.REPRODUCED))
                .containsExactlyInAnyOrder(
                        "gain",
                        "keeps-rising",
                        "above-ttrl",
                        "above-empo",
                        "diversity-kept",
                        "ttrl-loses-diversity",
                        "empo-loses-diversity",
                        "above-ttrl-pass",
                        "above-empo-pass",
                        "supervised-stands-still",
                        "frozen-follows",
                        "frozen-falls-behind",
                        "critic-holds",
                        "holdout-gains",
                        "holdout-diversity-kept",
                        "costs",
                        "rehearsal-honest",
                        "doubles",
                        "ttrl-falls-behind");
        // pass@4 is 1 before and after
        assertThat(of(claims, Outcome.NOT_REPRODUCED)).containsExactly("diversity-grows");
        assertThat(of(claims, Outcome.NOT_MEASURED))
                .containsExactlyInAnyOrder(
                        "rises-on", "frozen-plateaus", "beyond-math", "adapters", "other-family", "domains");
        assertThat(of(claims, "gain").evidence())
                .isEqualTo("seed 0: +0.750 [+0.750, +0.750]; seed 1: +0.750 [+0.750, +0.750]");
        assertThat(of(claims, "frozen-follows").evidence()).contains(" at round 10, where TEMPO has ");
        assertThat(of(claims, "costs").evidence())
                .isEqualTo("seed 0: 4.0 s against 2.0 s; seed 1: 4.0 s against 2.0 s");
        assertThat(of(claims, "rises-on").evidence()).isEqualTo("needs a run of 200 rounds or more");
    }

    @Test
    void nothingIsDecidedByTheStartAlone() {
        Map<String, PaperClaim> claims = claims(List.of(
                aSummary("tempo", 0).at(0, all(1)).at(10, all(4)).build(),
                aSummary("lora", 0).at(0, all(1)).at(5, all(1)).build(),
                aSummary("ttrl", 0).at(0, all(1)).at(10, all(2)).build(),
                aSummary("frozen", 0).at(0, all(1)).at(10, all(2)).build()));

        assertThat(of(claims, Outcome.REPRODUCED)).isEmpty();
        assertThat(of(claims, Outcome.NOT_REPRODUCED)).isEmpty();
        assertThat(of(claims, "adapters").evidence())
                .isEqualTo("needs a measurement after the start that all runs have");
    }

    @Test
    void aRunWithoutAMeasurementInItsMiddleDoesNotSayWhetherItKeptRising() {
        Map<String, PaperClaim> claims =
                claims(List.of(aSummary("tempo", 0).at(0, all(1)).at(10, all(4)).build()));

        assertThat(of(claims, "gain").outcome()).isEqualTo(Outcome.REPRODUCED);
        assertThat(of(claims, "keeps-rising").outcome()).isEqualTo(Outcome.NOT_MEASURED);
    }

    @Test
    void oneSeedThatFailsIsEnoughNotToReproduce() {
        // of 12 questions one rises by 2 of 4 samples: .042 in all
        Integer[] barely = all(1);
        barely[0] = 3;
        MethodSummary flat = aSummary("tempo", 1)
                .at(0, all(1))
                .at(10, all(1))
                .at(20, all(1))
                .at(40, barely)
                .build();

        Map<String, PaperClaim> claims = claims(replaced(asThePaperHasIt(), flat));

        assertThat(of(claims, "gain").outcome()).isEqualTo(Outcome.NOT_REPRODUCED);
        assertThat(of(claims, "gain").evidence())
                .startsWith("seed 0: +0.750 [+0.750, +0.750]; seed 1: +0.042 ")
                .endsWith("(fails)");
        assertThat(of(claims, "keeps-rising").outcome()).isEqualTo(Outcome.REPRODUCED);
        assertThat(of(claims, "supervised-stands-still").outcome()).isEqualTo(Outcome.NOT_REPRODUCED);
        assertThat(of(claims, "above-ttrl").outcome()).isEqualTo(Outcome.NOT_REPRODUCED);
    }

    @Test
    void aFewQuestionsCannotShowThatOneMethodIsAboveAnother() {
        // 1 of 12 questions differs in each seed: swaps reach that half of the time or more
        List<MethodSummary> near = Stream.of(0, 1)
                .flatMap(seed -> {
                    Integer[] one = all(2);
                    one[0] = 3;
                    return Stream.of(
                            aSummary("tempo", seed).at(0, all(1)).at(10, one).build(),
                            aSummary("ttrl", seed).at(0, all(1)).at(10, all(2)).build());
                })
                .toList();

        PaperClaim above = of(claims(near), "above-ttrl");

        assertThat(above.outcome()).isEqualTo(Outcome.NOT_REPRODUCED);
        assertThat(above.evidence()).startsWith("seed 0: +0.021 ").contains(", p 1.000");
    }

    @Test
    void laterRoundsAreLookedAtWhereSomebodyWentOn() {
        MethodSummary tempo = aSummary("tempo", 0)
                .at(0, all(1))
                .at(100, all(2))
                .at(350, all(3))
                .build();
        MethodSummary frozen = aSummary("frozen", 0)
                .at(0, all(1))
                .at(100, all(2))
                .at(350, all(2))
                .build();
        MethodSummary ttrl = aSummary("ttrl", 0).at(0, all(1)).at(100, all(2)).build();

        Map<String, PaperClaim> claims = claims(List.of(tempo, frozen, ttrl));

        assertThat(of(claims, "rises-on").outcome()).isEqualTo(Outcome.REPRODUCED);
        assertThat(of(claims, "rises-on").evidence()).isEqualTo("seed 0: +0.250 [+0.250, +0.250]");
        assertThat(of(claims, "frozen-plateaus").outcome()).isEqualTo(Outcome.REPRODUCED);
        // methods are compared where all of them were measured
        assertThat(of(claims, "frozen-falls-behind").evidence()).isEqualTo("seed 0: +0.000 [+0.000, +0.000] (fails)");
    }

    @Test
    void whatIsMissingIsNotMeasured() {
        Map<String, PaperClaim> claims =
                claims(List.of(aSummary("ttrl", 3).at(0, all(2)).at(10, all(1)).build()));

        assertThat(of(claims, Outcome.NOT_MEASURED)).contains("gain", "above-ttrl", "frozen-follows", "costs");
        assertThat(of(claims, "gain").evidence()).isEqualTo("needs TEMPO");
        // pass@4 stays 1
        assertThat(of(claims, "ttrl-loses-diversity").outcome()).isEqualTo(Outcome.NOT_REPRODUCED);
    }

    @Test
    void aRunThatOnlyBeganDecidesNothing() {
        Map<String, PaperClaim> claims =
                claims(List.of(aSummary("tempo", 0).at(0, all(1)).build()));

        assertThat(claims.values()).allMatch(claim -> claim.outcome() == Outcome.NOT_MEASURED);
    }

    @Test
    void doublingNeedsBothTheFactorAndTheScore() {
        // .25 to .5 is twice, .25 to .75 three times; .5 to 1 is twice
        assertThat(of(claims(List.of(from(1, 2))), "doubles").outcome()).isEqualTo(Outcome.NOT_REPRODUCED);
        assertThat(of(claims(List.of(from(1, 3))), "doubles").outcome()).isEqualTo(Outcome.REPRODUCED);
        assertThat(of(claims(List.of(from(2, 4))), "doubles").outcome()).isEqualTo(Outcome.NOT_REPRODUCED);
        // .125 to .5 is four times, and less than .55
        MethodSummary low =
                aSummary("tempo", 0).at(0, halves(1, 0)).at(10, all(2)).build();
        assertThat(of(claims(List.of(low)), "doubles").outcome()).isEqualTo(Outcome.NOT_REPRODUCED);
        // nothing was decided at the start
        MethodSummary unknown = aSummary("tempo", 0)
                .at(0, Collections.nCopies(QUESTIONS, null).toArray(Integer[]::new))
                .at(10, all(4))
                .build();
        assertThat(of(claims(List.of(unknown)), "doubles").outcome()).isEqualTo(Outcome.NOT_MEASURED);
        assertThat(of(claims(List.of(from(1, 3))), "doubles").evidence()).isEqualTo("seed 0: 0.250 to 0.750");
    }

    @Test
    void adaptersMayEndALittleBelowAllWeightsAndNoMore() {
        Integer[] less = all(3);
        less[0] = 0;
        MethodSummary near = aSummary("lora", 0).at(0, all(1)).at(10, less).build();
        MethodSummary far =
                aSummary("lora", 0).at(0, all(1)).at(10, halves(3, 2)).build();

        // 3 of 4 samples of one question in 12 are .0625; half of the questions by one sample each are .125
        assertThat(of(claims(List.of(from(1, 3), near)), "adapters").outcome()).isEqualTo(Outcome.REPRODUCED);
        assertThat(of(claims(List.of(from(1, 3), far)), "adapters").outcome()).isEqualTo(Outcome.NOT_REPRODUCED);
    }

    @Test
    void anotherFamilyHasToGainByItself() {
        MethodSummary gains = aSummary("olmo3", 0).at(0, all(1)).at(10, all(2)).build();
        MethodSummary stands = aSummary("olmo3", 0).at(0, all(1)).at(10, all(1)).build();

        assertThat(of(claims(List.of(gains)), "other-family").outcome()).isEqualTo(Outcome.REPRODUCED);
        assertThat(of(claims(List.of(stands)), "other-family").outcome()).isEqualTo(Outcome.NOT_REPRODUCED);
    }

    @Test
    void votesThatEndLittleBelowAreNotFarBelow() {
        Integer[] little = all(3);
        little[0] = 0;
        MethodSummary near = aSummary("ttrl", 0).at(0, all(1)).at(10, little).build();
        MethodSummary far = aSummary("ttrl", 0).at(0, all(1)).at(10, all(2)).build();

        assertThat(of(claims(List.of(from(1, 3), near)), "ttrl-falls-behind").outcome())
                .isEqualTo(Outcome.NOT_REPRODUCED);
        assertThat(of(claims(List.of(from(1, 3), far)), "ttrl-falls-behind").outcome())
                .isEqualTo(Outcome.REPRODUCED);
    }

    @Test
    void aClaimNamesTheSeedsThatDecideIt() {
        List<MethodSummary> summaries = List.of(
                aSummary("tempo", 3).at(0, all(1)).at(10, all(3)).build(),
                aSummary("tempo", 4).at(0, all(1)).at(10, all(3)).build(),
                aSummary("lora", 4).at(0, all(1)).at(10, all(3)).build());

        assertThat(of(claims(summaries), "gain").seeds()).containsExactly(3L, 4L);
        assertThat(of(claims(summaries), "adapters").seeds()).containsExactly(4L);
    }

    @Test
    void everyDomainHasToLearn() {
        String[] domains = new String[QUESTIONS];
        Arrays.fill(domains, 0, QUESTIONS / 2, "choice");
        Arrays.fill(domains, QUESTIONS / 2, QUESTIONS, "number");
        SummaryBuilder one = aSummary("tempo", 0).domains(domains).at(0, all(1)).at(10, halves(3, 1));
        SummaryBuilder both =
                aSummary("tempo", 0).domains(domains).at(0, all(1)).at(10, halves(3, 2));

        assertThat(of(claims(List.of(one.build())), "domains").outcome()).isEqualTo(Outcome.NOT_REPRODUCED);
        assertThat(of(claims(List.of(both.build())), "domains").outcome()).isEqualTo(Outcome.REPRODUCED);
        assertThat(of(claims(List.of(both.build())), "domains").evidence())
                .isEqualTo("seed 0: choice +0.500 [+0.500, +0.500], number +0.250 [+0.250, +0.250]");
    }

    private static MethodSummary from(int start, int end) {
        return aSummary("tempo", 0).at(0, all(start)).at(10, all(end)).build();
    }

    private static Map<String, PaperClaim> claims(List<MethodSummary> summaries) {
        SeedGroup group = new SeedGroup("some seeds", summaries);
        return new ClaimCriteria(group, PairedTests.of(group))
                .all().stream().collect(Collectors.toMap(PaperClaim::id, Function.identity()));
    }

    private static PaperClaim of(Map<String, PaperClaim> claims, String id) {
        return Objects.requireNonNull(claims.get(id), id);
    }

    private static Set<String> of(Map<String, PaperClaim> claims, Outcome outcome) {
        return claims.values().stream()
                .filter(claim -> claim.outcome() == outcome)
                .map(PaperClaim::id)
                .collect(Collectors.toSet());
    }

    private static List<MethodSummary> replaced(List<MethodSummary> summaries, MethodSummary other) {
        return summaries.stream()
                .map(summary ->
                        summary.method().equals(other.method()) && summary.seed() == other.seed() ? other : summary)
                .toList();
    }

    private static Integer[] all(int right) {
        return Collections.nCopies(QUESTIONS, right).toArray(Integer[]::new);
    }

    private static Integer[] halves(int first, int second) {
        Integer[] right = all(first);
        Arrays.fill(right, QUESTIONS / 2, QUESTIONS, second);
        return right;
    }
}
