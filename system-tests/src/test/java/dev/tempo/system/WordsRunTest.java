package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The world in words through all services: BPE, chat template, boxes, rules, and the environment that checks answers. */
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class WordsRunTest {
    private static final Path RECIPES =
            Path.of("..", "recipes").toAbsolutePath().normalize();
    private static final Pattern CHECKED = Pattern.compile("\\\\boxed\\{(\\d+|[A-K])\\}\\. Check: (\\d+) ");

    private static final Pattern IN_FORM = Pattern.compile(
            "[^\\\\]*</think>\n\nThe answer is \\\\boxed\\{(10|\\d|[A-K])}\\. Check: [^\\\\]*Wanted \\d+: (right|wrong)\\.");
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Map<String, String> FILES = Map.of(
            "unlabeled", "unlabeled-answers.jsonl", "holdout", "holdout.jsonl", "german", "holdout-german.jsonl");

    private static final String SHORT = """
            extends: %s/%s.yaml
            evaluation:
              every: 1
              samples: 2
              passAt: [2]
              sets: {%s}
            stages:
              - name: stage1
                rounds: 1
                questions: 4
                samples: 2
                criticWarmUp: 1
                policy: {miniBatch: 8, rehearsalBatch: 4}
              - name: test-time
                rounds: 1
                questions: 4
                samples: 4
                recalibration: {questions: 4, samples: 2}
                policy: {miniBatch: 8, rehearsalBatch: 4}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"words", "words-lora", "tellings"})
    void twoRoundsTrainOnAnswersThatTheEnvironmentChecks(String name, RunningSystem system) throws IOException {
        boolean told = name.equals("tellings");
        String world = told ? name : "words";
        List<String> sets = told ? List.of("unlabeled", "holdout", "german") : List.of("unlabeled", "holdout");
        Weights weights = system.finished(name, recipe(system, name, world, sets));

        assertThat(weights.policies()).containsOnlyKeys(0, 1, 2);
        assertThat(weights.policies().values()).doesNotHaveDuplicates();
        // after the last round nothing is recalibrated
        assertThat(weights.critics().get(1))
                .isNotEqualTo(weights.critics().get(0))
                .isEqualTo(weights.critics().get(2));
        assertThat(system.records().reports(name))
                .hasSize(3)
                .allSatisfy(report -> assertThat(report.sets())
                        .hasSameSizeAs(sets)
                        .allSatisfy(set -> assertThat(set.inFormat()).isBetween(.5, 1.0)));
        List<Trajectory> trajectories = system.records().valued(name).stream()
                .map(ValuedTrajectory::trajectory)
                .filter(trajectory -> trajectory.id().request().purpose() == Purpose.UNLABELED)
                .toList();
        assertThat(trajectories).hasSizeGreaterThanOrEqualTo(16);
        int checked = 0;
        try (Tokenizer tokenizer = new ModelDirectory(RECIPES.resolve(world + "/seed0/base")).tokenizer()) {
            for (Trajectory trajectory : trajectories) {
                assertThat(trajectory.failure()).isNull();
                assertThat(trajectory.renderedPrompt())
                        .startsWith("<|im_start|>user\n" + (told ? "" : "A number is multiplied by"))
                        .endsWith("<think>\n");
                Matcher check = CHECKED.matcher(trajectory.response());
                if (check.find()) {
                    checked++;
                    String number = number(check.group(1), trajectory.renderedPrompt());
                    assertThat(check.group(2)).isEqualTo(number);
                    assertThat(written(trajectory, tokenizer)).startsWith(" " + number);
                }
            }
        }
        assertThat(checked)
                .as("responses in the form that the base model learned")
                .isGreaterThan(8);
        assertThat(trajectories.stream()
                        .map(trajectory -> trajectory.renderedPrompt().contains("Answer with the letter."))
                        .distinct())
                .as("both kinds of questions, where there are two")
                .hasSize(told ? 2 : 1);
        verdictsAreOfTheBox(system.records().judged(name), answers(world));
    }

    /** Of responses in form every verdict is what the file says of the box, by the judge of the question's domain. */
    private static void verdictsAreOfTheBox(List<JudgedTrajectory> judged, Map<String, JsonNode> answers) {
        int inForm = 0;
        for (JudgedTrajectory row : judged) {
            String id = row.trajectory().id().request().question();
            JsonNode question = Objects.requireNonNull(answers.get(id.substring(id.indexOf('/') + 1)), id);
            Matcher boxed = IN_FORM.matcher(row.trajectory().response());
            if (boxed.matches()) {
                inForm++;
                boolean letters = question.path("domain").asString("").equals("choice");
                String answer = question.path("answer").asString();
                boolean right = letters && !boxed.group(1).equals(answer)
                        ? number(answer, question.path("question").asString()).equals(boxed.group(1))
                        : answer.equals(boxed.group(1));
                assertThat(row.verdict())
                        .as(row.trajectory().response())
                        .extracting(Verdict::judge, Verdict::outcome)
                        .containsExactly(letters ? "choice" : "rules", right ? Outcome.CORRECT : Outcome.WRONG);
            }
        }
        assertThat(inForm).as("of " + judged.size()).isGreaterThan(8);
    }

    private static Map<String, JsonNode> answers(String world) throws IOException {
        Map<String, JsonNode> answers = new HashMap<>();
        for (String line : Files.readAllLines(RECIPES.resolve(world + "/seed0/labeled.jsonl"))) {
            JsonNode question = JSON.readTree(line);
            answers.put(question.path("id").asString(), question);
        }
        return answers;
    }

    /** The number that a box answers with: itself, or what the prompt lists behind the letter. */
    private static String number(String boxed, String prompt) {
        Matcher option = Pattern.compile("\n" + boxed + "\\. (\\d+)").matcher(prompt);
        return option.find() ? option.group(1) : boxed;
    }

    /** What the environment wrote, which no policy's loss counts. */
    private static String written(Trajectory trajectory, Tokenizer tokenizer) {
        int[] ids = trajectory.responseTokens().toArray();
        boolean[] byEnvironment = trajectory.environment().toArray();
        StringBuilder text = new StringBuilder();
        for (int position = 0; position < ids.length; position++) {
            text.append(byEnvironment[position] ? tokenizer.decode(new int[] {ids[position]}) : "");
        }
        return text.toString();
    }

    private static Path recipe(RunningSystem system, String name, String world, List<String> sets) throws IOException {
        Path directory = Files.createDirectories(system.root().resolve(name));
        List<String> few = new ArrayList<>();
        for (String set : sets) {
            String file = FILES.get(set);
            try (Stream<String> lines =
                    Files.lines(RECIPES.resolve(world).resolve("seed0").resolve(file))) {
                Files.write(directory.resolve(file), lines.limit(8).toList());
            }
            few.add(set + ": {file: " + file + "}");
        }
        return Files.writeString(
                directory.resolve(name + ".yaml"), SHORT.formatted(RECIPES, name, String.join(", ", few)));
    }
}
