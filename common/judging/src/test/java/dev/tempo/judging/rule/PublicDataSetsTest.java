package dev.tempo.judging.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.SharedFiles;
import dev.tempo.plugin.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules on real references: the reference's own answer is right, another row's answer is not. */
class PublicDataSetsTest {
    private final RulesJudge judge = new RulesJudge();
    private final List<String> misjudged = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boolean_expressions",
                "causal_judgement",
                "date_understanding",
                "disambiguation_qa",
                "dyck_languages",
                "formal_fallacies",
                "geometric_shapes",
                "hyperbaton",
                "logical_deduction_five_objects",
                "logical_deduction_seven_objects",
                "logical_deduction_three_objects",
                "movie_recommendation",
                "multistep_arithmetic_two",
                "navigate",
                "object_counting",
                "penguins_in_a_table",
                "reasoning_about_colored_objects",
                "ruin_names",
                "salient_translation_error_detection",
                "snarks",
                "sports_understanding",
                "temporal_sequences",
                "tracking_shuffled_objects_five_objects",
                "web_of_lies",
                "word_sorting"
            })
    void bigBenchHard(String task) {
        JsonNode examples = json("bbh/" + task + ".json").get("examples");
        List<String> targets = new ArrayList<>();
        examples.forEach(example -> targets.add(example.get("target").asString()));
        for (int i = 0; i < targets.size(); i++) {
            String question = examples.get(i).get("input").asString();
            String target = targets.get(i);
            expect(Outcome.CORRECT, question, target, "Let's think step by step. So the answer is " + target + ".");
            String other = targets.get((i + 1) % targets.size());
            if (!other.equals(target)) {
                expect(Outcome.WRONG, question, target, "Let's think step by step. So the answer is " + other + ".");
            }
        }
        assertThat(misjudged).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jec-qa-ca", "jec-qa-kd", "gaokao-physics", "gaokao-mathqa", "lsat-ar", "logiqa-zh"})
    void agievalLabels(String file) {
        for (JsonNode row : rows("agieval/" + file + ".jsonl")) {
            String label = letters(row.get("label"));
            String question = row.get("question").asString() + "\n"
                    + row.get("options").valueStream().map(JsonNode::asString).collect(Collectors.joining("\n"));
            if (label.isEmpty()) {
                continue;
            }
            expect(Outcome.CORRECT, question, label, "The answer is " + String.join(", ", label.split("")) + ".");
            expect(Outcome.CORRECT, question, label, "\\boxed{" + label + "}");
            String fewer = label.length() > 1 ? label.substring(1) : label.equals("A") ? "B" : "A";
            expect(Outcome.WRONG, question, label, "\\boxed{" + fewer + "}");
        }
        assertThat(misjudged).isEmpty();
    }

    @Test
    void agievalCloze() {
        List<JsonNode> rows = rows("agieval/gaokao-mathcloze.jsonl");
        for (JsonNode row : rows) {
            String answer = row.get("answer").asString();
            expect(Outcome.CORRECT, row.get("question").asString(), answer, "\\boxed{" + answer.replace("$", "") + "}");
            expect(Outcome.WRONG, row.get("question").asString(), answer, "\\boxed{-123456}");
        }
        assertThat(misjudged).isEmpty();
    }

    @Test
    void aSolutionFromZebraLogicMeetsAGridOfItsOwnCells() {
        for (JsonNode row : json("zebralogic-partial/ZeroEval-Llama-3.1-405B-hyperbolic.json")) {
            String response = row.get("output").get(0).asString();
            String answer = new GridJudge().answer(response, true);
            if (answer == null) {
                continue;
            }
            String grid = gridOf(JsonMapper.shared().readTree(answer));
            expect(Outcome.CORRECT, row.get("puzzle").asString(), grid, response);
        }
        assertThat(misjudged).isEmpty();
    }

    private void expect(Outcome outcome, String question, String reference, String response) {
        var verdict = judge.judge(question, reference, response, true);
        if (verdict.outcome() != outcome) {
            misjudged.add(
                    "'" + response + "' for '" + reference + "' is " + verdict.outcome() + " by " + verdict.stage());
        }
    }

    private static JsonNode json(String path) {
        return JsonMapper.shared().readTree(SharedFiles.at("datasets/" + path).toFile());
    }

    private static List<JsonNode> rows(String path) {
        try {
            return Files.readAllLines(SharedFiles.at("datasets/" + path)).stream()
                    .filter(line -> !line.isBlank())
                    .map(JsonMapper.shared()::readTree)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String letters(JsonNode label) {
        TreeSet<Character> letters = new TreeSet<>();
        label.toString().chars().filter(Character::isUpperCase).forEach(letter -> letters.add((char) letter));
        return letters.stream().map(String::valueOf).collect(Collectors.joining());
    }

    private static String gridOf(JsonNode solution) {
        List<String> header = new ArrayList<>(List.of("\"House\""));
        solution.get("house 1").propertyNames().forEach(name -> header.add("\"" + name + "\""));
        List<String> rows = new ArrayList<>();
        solution.properties().forEach(house -> {
            List<String> cells = new ArrayList<>(List.of("\"" + house.getKey().replace("house ", "") + "\""));
            house.getValue().forEach(cell -> cells.add(cell.toString()));
            rows.add("[" + String.join(", ", cells) + "]");
        });
        return "{\"header\": " + header + ", \"rows\": " + rows + "}";
    }
}
