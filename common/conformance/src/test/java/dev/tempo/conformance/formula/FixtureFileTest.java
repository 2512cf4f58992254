package dev.tempo.conformance.formula;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.conformance.formula.CaseResult.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FixtureFileTest {
    private static final Map<String, Object> INPUT = Map.of("samples", 4, "correct", 1);

    @Test
    void aRightCasePasses() {
        CaseResult result = checkPassAtK(Map.of("avg", 0.25, "pass_at", Map.of("2", 0.5)));
        assertThat(result.status()).isEqualTo(Status.PASSED);
        assertThat(result.worstError()).isLessThan(1e-12);
        assertThat(result.message()).isEmpty();
    }

    @Test
    void aWrongNumberFailsAndSaysWhere() {
        CaseResult result = checkPassAtK(Map.of("avg", 0.25, "pass_at", Map.of("2", 0.6)));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.message()).startsWith("pass_at.2: expected 0.6, but got 0.5");
        assertThat(result.worstError()).isGreaterThan(0.06);
    }

    @Test
    void aNumberThatIsNotFiniteMustBeMatched() {
        assertThat(checkPassAtK(Map.of("avg", "NaN", "pass_at", Map.of())).status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void anExpectationThatNobodyComputesFails() {
        CaseResult result = checkPassAtK(Map.of("avg", 0.25, "pass_at", Map.of(), "surprise", 1));
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.message()).contains("surprise");
    }

    @Test
    void aCaseThatCannotBeReadFailsWithTheFieldsName() {
        Map<String, Object> broken = Map.of("id", "x", "input", Map.of("samples", 4), "output", Map.of("avg", 1));
        CaseResult result = check("avg@n and unbiased pass@k for one problem", broken);
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.message()).isEqualTo("correct must be a number, but is missing");
    }

    @Test
    void aCaseWhoseInputsDoNotFitTogetherFails() {
        Map<String, Object> input = Map.of("answers", List.of("a", "b"), "pairwise_equal", List.of(List.of(1)));
        Map<String, Object> one = Map.of("id", "x", "input", input, "output", Map.of("reward_entropy", List.of(1, 1)));
        CaseResult result = check("semantic cluster reward", one);
        assertThat(result.status()).isEqualTo(Status.FAILED);
        assertThat(result.message()).contains("differ in shape");
    }

    @Test
    void withoutAKnownOperationTheFieldsTell() {
        Map<String, Object> one = Map.of("id", "x", "input", INPUT, "output", Map.of("pass_at", Map.of("1", 0.25)));
        assertThat(check("something else", one).status()).isEqualTo(Status.PASSED);
    }

    @Test
    void otherDocumentsAreNotRecognised() {
        assertThat(FixtureFile.recognise(Map.of("weights", List.of()))).isEmpty();
        assertThat(FixtureFile.recognise(Map.of("cases", List.of(Map.of("input", Map.of(), "output", Map.of())))))
                .isEmpty();
        assertThat(FixtureFile.recognise(List.of())).isEmpty();
        assertThat(FixtureFile.recognise(null)).isEmpty();
    }

    @Test
    void aMatrixOfAnotherShapeFails() {
        Map<String, Object> input = Map.of(
                "values",
                List.of(List.of(1, 2)),
                "token_rewards",
                List.of(List.of(0, 1)),
                "mask",
                List.of(List.of(1, 1)));
        Map<String, Object> withFactors = new java.util.HashMap<>(input);
        withFactors.putAll(Map.of("gamma", 1, "lam", 1));
        Map<String, Object> one =
                Map.of("id", "x", "input", withFactors, "output", Map.of("advantages_raw", List.of(List.of(0))));
        CaseResult result = check("generalised advantage estimation with interior masks", one);
        assertThat(result.message()).contains("advantages_raw[0] in length: expected 1, but got 2");
        assertThat(result.worstError()).isInfinite();
    }

    @Test
    void aMaskWithHolesIsSkippedWhereTheReferenceIsWrongAboutIt() {
        Map<String, Object> input = Map.of(
                "values", List.of(List.of(1, 2, 3)),
                "token_rewards", List.of(List.of(0, 0, 1)),
                "mask", List.of(List.of(1, 0, 1)),
                "is_labelled", List.of(0));
        Map<String, Object> one = Map.of("id", "x", "input", input, "output", Map.of("critic_targets", List.of()));
        CaseResult result = check("TEMPO token advantage (labelled: verifier outcome; unlabelled: last value)", one);
        assertThat(result.status()).isEqualTo(Status.SKIPPED);
        assertThat(result.message()).contains("holes");
    }

    @Test
    void aVoteWithoutAnswersOnlyMustNotCrash() {
        Map<String, Object> input = Map.of("answers", Arrays.asList(null, null), "equivalent", List.of(), "truth", "1");
        Map<String, Object> one = Map.of("id", "x", "input", input, "output", Map.of("reference_raises", true));
        assertThat(check("majority vote reward", one).status()).isEqualTo(Status.PASSED);
    }

    private static CaseResult checkPassAtK(Map<String, Object> output) {
        return check("avg@n and unbiased pass@k for one problem", Map.of("id", "x", "input", INPUT, "output", output));
    }

    private static CaseResult check(String operation, Map<String, Object> one) {
        return FixtureFile.recognise(Map.of("op", operation, "cases", List.of(one)))
                .orElseThrow()
                .check()
                .get(0);
    }
}
