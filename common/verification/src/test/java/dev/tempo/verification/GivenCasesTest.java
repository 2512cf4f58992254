package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.SharedFiles;
import dev.tempo.plugin.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Counts over the cases gathered from public graders; skipped where the shared fixtures are not at hand. */
class GivenCasesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static List<JsonNode> cases() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        for (String line : Files.readAllLines(SharedFiles.at("fixtures/judge/given.jsonl"))) {
            cases.add(JSON.readTree(line));
        }
        return cases;
    }

    private static Outcome verdict(JsonNode one) {
        String gold = one.get("gold").asString();
        String response = one.get("pred").asString();
        return switch (one.get("kind").asString()) {
            case "mcq" -> new ChoiceVerifier().verify(gold, response).outcome();
            case "text" -> new TextVerifier().verify(gold, response).outcome();
            default -> new MathVerifier().verify(gold, response).outcome();
        };
    }

    private static Outcome expected(JsonNode one) {
        return one.get("equal").asBoolean() ? Outcome.CORRECT : Outcome.WRONG;
    }

    private static List<JsonNode> of(String kind, boolean policy) throws IOException {
        return cases().stream()
                .filter(one -> one.get("kind").asString().equals(kind) && one.has("policy") == policy)
                .toList();
    }

    @Test
    void coreMathematicsHasNoFalsePositiveAndFewErrors() throws IOException {
        List<JsonNode> core = of("math", false);
        assertThat(core).hasSize(579);
        assertThat(core)
                .filteredOn(one -> expected(one) == Outcome.WRONG)
                .allSatisfy(one -> assertThat(verdict(one)).as("%s", one).isNotEqualTo(Outcome.CORRECT));
        assertThat(core.stream().filter(one -> verdict(one) == expected(one)).count())
                .isGreaterThanOrEqualTo(577);
    }

    @Test
    void lettersAndWordsAreAllRight() throws IOException {
        for (String kind : new String[] {"mcq", "text"}) {
            assertThat(of(kind, false))
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(verdict(one)).as("%s", one).isEqualTo(expected(one)));
        }
    }

    @Test
    void policyCasesAgreeAsOftenAsTheDecisionRecordSays() throws IOException {
        List<JsonNode> policy = of("math", true);
        assertThat(policy).hasSize(29);
        assertThat(policy.stream().filter(one -> verdict(one) == expected(one)).count())
                .isEqualTo(21);
    }

    @Test
    void noVerdictNeedsManySteps() throws IOException {
        MathVerifier verifier = new MathVerifier();
        assertThat(of("math", false))
                .allSatisfy(one -> assertThat(verifier.verify(
                                        one.get("gold").asString(),
                                        one.get("pred").asString())
                                .steps())
                        .isLessThan(20_000));
    }
}
