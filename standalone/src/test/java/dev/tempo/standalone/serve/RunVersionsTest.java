package dev.tempo.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.RunDirectory;
import dev.tempo.serving.version.ServedVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class RunVersionsTest {
    private static final PromotionSettings PROMOTION = new PromotionSettings(
            new EvaluationSet("promotion.jsonl", null, "question", "answer", null, false, 2),
            1,
            4,
            2,
            .95,
            .1,
            .1,
            .1,
            .1);

    @TempDir
    Path directory;

    private RunDirectory files() {
        return new RunDirectory(directory.resolve("run"));
    }

    private Run run(@Nullable PromotionSettings promotion) throws IOException {
        ModelReference base =
                new ModelReference(model(directory.resolve("base")).toUri().toString(), "0".repeat(64));
        return new Run(
                "run",
                RunState.ACTIVE,
                RecipeBuilder.recipe(StageBuilder.testTime("only").rounds(9).build())
                        .promotion(promotion)
                        .build(),
                base,
                files().path().toString(),
                null);
    }

    private static Path model(Path place) throws IOException {
        Files.createDirectories(place);
        return Files.writeString(place.resolve("config.json"), "{}").resolveSibling("");
    }

    private Path trained(int version) throws IOException {
        return model(files().path().resolve("policy").resolve("v0000" + version));
    }

    private void record(Run run, int number, int version, PromotionOutcome outcome) {
        ModelReference where =
                new ModelReference(files().promotions().version(version).toUri().toString(), "1".repeat(64));
        files().promotions()
                .takeOver(1)
                .announce(
                        number,
                        Wire.write(new Promotion(
                                run.run(), number, version, outcome, null, where, 0, 0, List.of(), null, "tried", 1L)));
    }

    private static Optional<String> served(RunVersions versions) {
        return versions.listing().served().map(ServedVersion::id);
    }

    @Test
    void theLatestVersionOfARunThatPromotesNoneAnswers() throws IOException {
        RunVersions versions = new RunVersions("words", run(null), files().path());
        assertThat(served(versions)).hasValue("words@0");
        trained(1);
        trained(2);
        assertThat(served(versions)).hasValue("words@2");
    }

    @Test
    void thePromotedVersionAnswersUntilAnotherIsPromotedOrTheyGoBackToTheOneBefore() throws IOException {
        Run run = run(PROMOTION);
        RunVersions versions = new RunVersions("words", run, files().path());
        trained(1);
        Path second = trained(2);
        assertThat(served(versions)).hasValue("words@0");
        record(run, 0, 0, PromotionOutcome.PROMOTED);
        record(run, 1, 1, PromotionOutcome.WORSE);
        assertThat(served(versions)).hasValue("words@0");

        ServedVersion trained = versions.listing().find("words@2").orElseThrow();
        Path copy = model(files().promotions().version(2));
        record(run, 2, 2, PromotionOutcome.PROMOTED);
        FileSystemUtils.deleteRecursively(second);
        ServedVersion promoted = versions.listing().served().orElseThrow();
        assertThat(promoted)
                .as("is the version that was trained, wherever its files lie")
                .isEqualTo(trained);
        assertThat(promoted.directory()).isEqualTo(copy);
        assertThat(versions.listing().versions())
                .extracting(ServedVersion::id)
                .containsExactly("words@0", "words@1", "words@2");

        record(run, 3, 0, PromotionOutcome.PROMOTED);
        assertThat(served(versions)).hasValue("words@0");
    }

    @Test
    void noOtherVersionTakesThePlaceOfAPromotedOneWhoseFilesAreGone() throws IOException {
        Run run = run(PROMOTION);
        trained(1);
        record(run, 0, 3, PromotionOutcome.PROMOTED);
        assertThat(served(new RunVersions("words", run, files().path()))).isEmpty();
    }
}
