package dev.tempo.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JudgeFileTest {
    private static final String RIGHT = "{'id': 'a', 'source': 'ours', 'kind': 'math', 'gold': '\\\\frac12',"
            + " 'pred': 'so \\\\boxed{0.5}', 'equal': true}";
    private static final String REFUSED =
            "{'id': 'b', 'source': 'theirs', 'kind': 'math', 'gold': '7', 'pred': '8', 'equal': false}";
    private static final String GRID =
            "{'header': ['House', 'Name', 'Pet'], 'rows': [['1', 'Ada', 'cat']," + " ['2', 'Bo', 'dog']]}";
    private static final String SOLUTION = "{\\\"solution\\\": {\\\"House 1\\\": {\\\"Name\\\": \\\"Ada\\\","
            + " \\\"Pet\\\": \\\"cat\\\"}, \\\"House 2\\\": {\\\"Name\\\": \\\"Bo\\\", \\\"Pet\\\": \\\"ant\\\"}}}";

    @TempDir
    Path directory;

    private CheckedFile check(String... lines) throws IOException {
        Path file = Files.writeString(
                directory.resolve("cases.jsonl"), String.join("\n", lines).replace('\'', '"'));
        return Conformance.check(List.of(file)).get(0);
    }

    private static JsonNode extra(CheckedFile entry, String name) {
        return JsonMapper.builder().build().valueToTree(entry.extra().get(name));
    }

    @Test
    void coreCasesAreCountedWithTheirTimes() throws IOException {
        CheckedFile entry = check(RIGHT, REFUSED);

        assertThat(entry.cases()).isEqualTo(2);
        assertThat(entry.failed()).isZero();
        assertThat(entry.passed()).isTrue();
        JsonNode core = extra(entry, "core");
        assertThat(core.propertyNames())
                .containsExactlyInAnyOrder(
                        "cases",
                        "correct",
                        "falsePositives",
                        "falseNegatives",
                        "undecided",
                        "p50Millis",
                        "p99Millis",
                        "maxMillis");
        assertThat(core.get("correct").asInt()).isEqualTo(2);
        assertThat(core.get("p50Millis").asDouble()).isPositive();
        assertThat(core.get("maxMillis").asDouble())
                .isGreaterThanOrEqualTo(core.get("p99Millis").asDouble());
    }

    @Test
    void aFalsePositiveFailsTheFile() throws IOException {
        CheckedFile entry = check(RIGHT, REFUSED.replace("'8'", "'7.0'"));

        assertThat(entry.passed()).isFalse();
        assertThat(entry.failed()).isOne();
        assertThat(entry.failures()).singleElement().asString().contains("b (theirs)", "expected WRONG, got CORRECT");
        assertThat(extra(entry, "core").get("falsePositives").asInt()).isOne();
    }

    @Test
    void whatIsUndecidedIsNotRight() throws IOException {
        CheckedFile entry = check(
                RIGHT,
                "{'id': 'c', 'kind': 'math', 'gold': '\\\\int_0^1 x^2 dx', 'pred': '\\\\frac13', 'equal': true}");

        assertThat(extra(entry, "core").get("undecided").asInt()).isOne();
        assertThat(extra(entry, "core").get("correct").asInt()).isOne();
        assertThat(entry.failed()).isOne();
    }

    @Test
    void policyCasesAreCountedApartAndByReason() throws IOException {
        CheckedFile entry = check(
                RIGHT,
                REFUSED,
                "{'id': 'p', 'kind': 'math', 'gold': '4, 2', 'pred': '2, 4', 'equal': false, 'policy': 'order',"
                        + " 'opts': {'precision': 2}}");

        assertThat(entry.failed()).isZero();
        assertThat(extra(entry, "core").get("cases").asInt()).isEqualTo(2);
        assertThat(extra(entry, "policy").get("falsePositives").asInt()).isOne();
        assertThat(entry.details())
                .anySatisfy(line -> assertThat(line).contains("policy order", "1 false positives"))
                .anySatisfy(line -> assertThat(line).startsWith("kind math").contains("2 cases"))
                .anySatisfy(line -> assertThat(line).startsWith("ours").contains("1 cases"));
    }

    @Test
    void lettersAndWordsHaveTheirOwnVerifiers() throws IOException {
        CheckedFile entry = check(
                "{'id': 'm', 'kind': 'mcq', 'gold': 'B', 'pred': 'It is not A. The answer is B.', 'equal': true}",
                "{'id': 'n', 'kind': 'mcq', 'gold': 'B', 'pred': 'The answer is C.', 'equal': false}",
                "{'id': 't', 'kind': 'text', 'gold': 'oslo', 'pred': '<answer>Oslo!</answer>', 'equal': true}");

        assertThat(entry.failed()).isZero();
        assertThat(extra(entry, "core").get("cases").asInt()).isZero();
        assertThat(entry.passed()).isTrue();
    }

    @Test
    void aGridIsRightByItsCells() throws IOException {
        String unsolved = "{'id': 'z', 'kind': 'zebra', 'gold': " + GRID + ", 'pred': '" + SOLUTION
                + "', 'equal': false, 'cells': [3, 4]}";

        assertThat(check(unsolved).failed()).isZero();
        assertThat(check(unsolved.replace("[3, 4]", "[2, 4]")).failures())
                .singleElement()
                .asString()
                .contains("cells 3/4, expected 2/4");
        assertThat(check(unsolved.replace("ant", "dog").replace("false", "true").replace("[3, 4]", "[4, 4]"))
                        .failed())
                .isZero();
    }

    @Test
    void aGridWithHiddenValuesIsADataErrorThatNothingEquals() throws IOException {
        String hidden = "{'id': 'z', 'kind': 'zebra', 'gold': " + GRID.replace("cat", "___") + ", 'pred': '" + SOLUTION
                + "', 'equal': true}";

        assertThat(check(hidden).failures()).singleElement().asString().contains("use a data set with solutions");
    }

    @Test
    void aLongResponseIsMadeFromItsRecipe() throws IOException {
        CheckedFile entry = check(
                "{'id': 'g', 'kind': 'math', 'gold': '5', 'equal': true, 'pred_gen': {'prefix': '\\\\boxed{',"
                        + " 'unit': '(', 'n': 3000, 'middle': '5', 'close': ')', 'suffix': '}'}}",
                "{'id': 'h', 'kind': 'math', 'gold': '5', 'equal': false, 'pred_gen': {'unit': '9^{', 'n': 2000,"
                        + " 'middle': '9', 'close': '}'}}");

        assertThat(entry.failed()).isZero();
    }

    @Test
    void aCaseThatTakesLongerThanItMayIsReportedButNotFailed() throws IOException {
        CheckedFile entry = check(RIGHT.replace("'equal'", "'max_ms': 0.000001, 'equal'"), REFUSED);

        assertThat(entry.details()).anySatisfy(line -> assertThat(line).contains("a took", "the case allows"));
        assertThat(entry.failed()).isZero();
    }

    @Test
    void aKindThatNothingHereVerifiesIsSkipped() throws IOException {
        CheckedFile entry = check(RIGHT, REFUSED.replace("'math'", "'poetry'"));

        assertThat(entry.skipped()).isOne();
        assertThat(entry.cases()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"kind\";one JSON object",
                "[1, 2];one JSON object",
                "{'gold': '1', 'pred': '1', 'equal': true};kind",
                "{'kind': 'math', 'gold': '1', 'pred': '1', 'equal': 'yes'};equal",
                "{'kind': 'math', 'pred': '1', 'equal': true};gold",
                "{'kind': 'math', 'gold': '1', 'equal': true};pred",
                "{'kind': 'judge', 'gold': '1', 'pred': '1', 'equal': true};question",
                "{'kind': 'zebra', 'gold': '1', 'pred': '1', 'equal': true};gold",
                "{'kind': 'math', 'gold': '1', 'pred': '1', 'equal': true, 'cells': [1]};cells",
                "{'kind': 'math', 'gold': '1', 'pred': '1', 'equal': true, 'max_ms': -1};max_ms",
                "{'kind': 'math', 'gold': '1', 'equal': true, 'pred_gen': {'n': 'x'}};pred_gen.n",
                "{'kind': 'math', 'gold': '1', 'equal': true, 'pred_gen': {'n': 2, 'unit': 3}};pred_gen.unit",
                "{'kind': 'math', 'gold': '1', 'equal': true, 'pred_gen': {'n': 2000000000, 'unit': 'x'}};pred_gen.n"
            })
    void aMalformedCaseIsAnErrorWithFileLineAndField(String line, String field) {
        assertThatThrownBy(() -> check(RIGHT, "", line))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("cases.jsonl:3: ")
                .hasMessageContaining(field);
    }

    @Test
    void linesThatAreNoCasesAreNoneOfOurBusiness() throws IOException {
        Path file = Files.writeString(directory.resolve("data.jsonl"), "{\"question\": \"1+1\", \"answer\": \"2\"}\n{");

        assertThat(Conformance.check(List.of(file))).isEmpty();
    }
}
