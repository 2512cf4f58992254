package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.judging.plugin.JarBuilder;
import dev.tempo.plugin.TextEnvironment;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tempo run} with questions that take down every process that generates for them. */
@LongForm
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class DeadlyQuestionTest {
    private static final int SOME_FAILED = 4;
    /** How both begin, and none of the others. */
    private static final String DEADLY = "x*3+1*2+";

    /** The quickstart's calculator as text, in a process that ends without a word where a deadly question is asked. */
    private static final String ENVIRONMENT = """
            public final class DeadlyCalculator implements dev.tempo.plugin.TextEnvironment {
                private static final String DIGITS = "0123456789a";

                public String name() { return "deadly-calculator"; }
                public String version() { return "1"; }
                public String next(String prompt, String response) {
                    if (prompt.contains("%s")) Runtime.getRuntime().halt(137);
                    if (response.length() < 2) return null;
                    String three = (prompt + response).substring(prompt.length() + response.length() - 3);
                    int left = DIGITS.indexOf(three.charAt(0));
                    int right = DIGITS.indexOf(three.charAt(2));
                    if (left < 0 || right < 0) return null;
                    return switch (three.charAt(1)) {
                        case '*' -> "" + DIGITS.charAt(left * right %% 11);
                        case '+' -> "" + DIGITS.charAt((left + right) %% 11);
                        default -> null;
                    };
                }
            }
            """.formatted(DEADLY);

    @TempDir
    Path directory;

    @Test
    void theyFailWithThatReasonOnceTheyHaveTakenFourDownAndFailAlikeWheneverTheRunIsComputed() throws IOException {
        TinyWorkload workload = TinyWorkload.in(directory.resolve("workload"));
        Path questions = workload.directory().resolve("unlabeled.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(questions));
        // behind those that are measured
        for (int i = 1; i <= 2; i++) {
            lines.set(lines.size() - i, "{\"id\": \"deadly-" + i + "\", \"question\": \"" + DEADLY + i + "=5\"}");
        }
        Files.write(questions, lines);
        Path recipe = Files.writeString(workload.directory().resolve("deadly.yaml"), """
                extends: tiny.yaml
                name: deadly
                generation: {environment: deadly-calculator}
                stages:
                  - {name: test-time, rounds: 1, questions: 12, samples: 2}
                """);
        new JarBuilder(directory)
                .pack(
                        TextEnvironment.class,
                        directory.resolve("environments/deadly.jar"),
                        "DeadlyCalculator",
                        ENVIRONMENT,
                        "DeadlyCalculator\n");

        Path first = finished("first", recipe);
        Path again = finished("again", recipe);
        for (int version = 1; version <= 3; version++) {
            assertThat(RunTraces.weights(first, "policy", version))
                    .as("version %d", version)
                    .isEqualTo(RunTraces.weights(again, "policy", version));
        }
    }

    private Path finished(String name, Path recipe) throws IOException {
        Workspace workspace = new Workspace(Files.createDirectories(directory.resolve(name)));
        TempoProcess run =
                TempoProcess.startIn(directory, workspace, RunningSystem.freePorts(), "run", recipe.toString());
        assertThat(run.status()).as(run.output()).isEqualTo(SOME_FAILED);
        assertThat(run.output()).contains("rollout-service ended with status 137");
        RunDirectory files = new RunDirectory(workspace.run(workspace.runs().get(0)));
        assertThat(files.report())
                .content()
                .contains("Some trajectories failed**: 4 in updates of the policy, 0 in those of the critic, 0 in");
        assertThat(files.logs().resolve("rollout-service.log"))
                .content()
                .contains("taken 4 times by workers that neither finished nor refused it, the last 2 times alone");
        return files.path();
    }
}
