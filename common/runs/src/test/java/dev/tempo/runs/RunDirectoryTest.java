package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {
    private final RunDirectory directory = new RunDirectory(Path.of("/runs/a"));

    @Test
    void filesLieWhereTheDocumentsSay() {
        assertThat(Stream.of(
                                directory.submission(),
                                directory.recipe(),
                                directory.launchSettings(),
                                directory.cachedReports(),
                                directory.environments(),
                                directory.provenance(),
                                directory.systemCpu(),
                                directory.metrics(),
                                directory.tensorBoard(),
                                directory.mlflow(),
                                directory.logs(),
                                directory.summary(),
                                directory.report(),
                                directory.finalModel(),
                                directory.policy().version(30),
                                directory.critic().version(123_456),
                                directory.policy().checkpoint(),
                                directory.critic().checkpoint(),
                                directory.policy().stage("stage1"))
                        .map(Path::toString))
                .containsExactly(
                        "/runs/a/run.json",
                        "/runs/a/recipe.yaml",
                        "/runs/a/launch.json",
                        "/runs/a/cached-reports.json",
                        "/runs/a/environments",
                        "/runs/a/computed-by.json",
                        "/runs/a/cpu-seconds",
                        "/runs/a/metrics.jsonl",
                        "/runs/a/tensorboard",
                        "/runs/a/mlflow.json",
                        "/runs/a/logs",
                        "/runs/a/summary.json",
                        "/runs/a/report.md",
                        "/runs/a/final",
                        "/runs/a/policy/v00030",
                        "/runs/a/critic/v123456",
                        "/runs/a/checkpoints/policy/checkpoint.safetensors",
                        "/runs/a/checkpoints/critic/state",
                        "/runs/a/stages/stage1/policy");
    }

    @Test
    void aModelsAddressIsItsDirectory() {
        Path model = Path.of("/runs/a b/policy/v00001");
        ModelReference reference = new ModelReference(model.toUri().toString(), "0".repeat(64));

        assertThat(RunDirectory.pathOf(reference)).isEqualTo(model);
    }
}
