package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Purpose;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.tokens.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The world in words through all services: BPE, chat template, boxes, rules, and the environment that checks answers. */
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class WordsRunTest {
    private static final Path RECIPES =
            Path.of("..", "recipes").toAbsolutePath().normalize();
    private static final Pattern CHECKED = Pattern.compile("\\\\boxed\\{(\\d+)\\}\\. Check: (\\d+) ");

    private static final String SHORT = """
            extends: %s/%s.yaml
            evaluation:
              every: 1
              samples: 2
              passAt: [2]
              sets: {unlabeled: {file: unlabeled-answers.jsonl}, holdout: {file: holdout.jsonl}}
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
    @ValueSource(strings = {"words", "words-lora"})
    void twoRoundsTrainOnAnswersThatTheEnvironmentChecks(String name, RunningSystem system) throws IOException {
        Weights weights = system.finished(name, recipe(system, name));

        assertThat(weights.policies()).containsOnlyKeys(0, 1, 2);
        assertThat(weights.policies().values()).doesNotHaveDuplicates();
        // after the last round nothing is recalibrated
        assertThat(weights.critics().get(1))
                .isNotEqualTo(weights.critics().get(0))
                .isEqualTo(weights.critics().get(2));
        assertThat(system.records().reports(name))
                .hasSize(3)
                .allSatisfy(report -> assertThat(report.sets())
                        .hasSize(2)
                        .allSatisfy(set -> assertThat(set.inFormat()).isBetween(.5, 1.0)));
        List<Trajectory> trajectories = system.records().valued(name).stream()
                .map(ValuedTrajectory::trajectory)
                .filter(trajectory -> trajectory.id().request().purpose() == Purpose.UNLABELED)
                .toList();
        assertThat(trajectories).hasSizeGreaterThanOrEqualTo(16);
        int checked = 0;
        try (Tokenizer tokenizer = new ModelDirectory(RECIPES.resolve("words/seed0/base")).tokenizer()) {
            for (Trajectory trajectory : trajectories) {
                assertThat(trajectory.failure()).isNull();
                assertThat(trajectory.renderedPrompt())
                        .startsWith("<|im_start|>user\nA number is multiplied by")
                        .endsWith("<think>\n");
                Matcher check = CHECKED.matcher(trajectory.response());
                if (check.find()) {
                    checked++;
                    assertThat(check.group(2)).isEqualTo(check.group(1));
                    assertThat(written(trajectory, tokenizer)).startsWith(" " + check.group(1));
                }
            }
        }
        assertThat(checked)
                .as("responses in the form that the base model learned")
                .isGreaterThan(8);
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

    private static Path recipe(RunningSystem system, String name) throws IOException {
        Path directory = Files.createDirectories(system.root().resolve("words"));
        for (String file : List.of("unlabeled-answers.jsonl", "holdout.jsonl")) {
            try (Stream<String> lines =
                    Files.lines(RECIPES.resolve("words/seed0").resolve(file))) {
                Files.write(directory.resolve(file), lines.limit(8).toList());
            }
        }
        return Files.writeString(directory.resolve(name + ".yaml"), SHORT.formatted(RECIPES, name));
    }
}
