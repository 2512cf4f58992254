package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.FencedException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class TrainerFilesTest {
    /** Measures versions 0, 10, 20, 30, 40 ... */
    private static final Recipe QUICKSTART = RecipeFile.read(Path.of("..", "..", "recipes", "quickstart.yaml"), null);

    @TempDir
    Path run;

    private TrainerFiles files = new RunDirectory(Path.of(".")).policy();

    @BeforeEach
    void takeOver() {
        files = new RunDirectory(run).policy().takeOver(1);
    }

    @Test
    void aTrainerHasItsFilesToItselfUntilAnotherTakesThemOver() {
        new RunDirectory(run).critic().takeOver(9);
        write(1);
        TrainerFiles successor = files.takeOver(1);

        assertThatThrownBy(() -> write(2)).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> checkpoint("two")).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> files.finishStage("stage1", directory -> text(directory, "weights")))
                .isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> files.prune(QUICKSTART, 25)).isInstanceOf(FencedException.class);
        assertThatThrownBy(files::confirm).isInstanceOf(FencedException.class);
        successor.writeVersion(3, directory -> text(directory, "weights 3"));
        assertThat(files.versions()).as("anybody reads them").containsOnlyKeys(1, 3);
    }

    @Test
    void theNewestCheckpointIsForgottenByTheOwnerOnly() {
        checkpoint("one");
        checkpoint("two");
        TrainerFiles successor = files.takeOver(1);
        assertThatThrownBy(files::forgetNewestCheckpoint).isInstanceOf(FencedException.class);
        assertThat(successor.wholeCheckpoint().orElseThrow().file()).hasContent("two");

        successor.forgetNewestCheckpoint();
        assertThat(successor.takeOver(1).wholeCheckpoint().orElseThrow().file()).hasContent("one");
    }

    @Test
    void tokensOnlyGrowWhateverTheGenerationOfTheGroup() {
        assertThat(files.token()).isEqualTo(1);
        TrainerFiles second = files.takeOver(7);
        assertThat(second.token()).isEqualTo(7);
        assertThat(second.takeOver(2).token())
                .as("the broker has forgotten the group")
                .isEqualTo(8);
    }

    /** A successor comes at the worst moment: when the trainer has written all, has seen that it may, and is about to rename. */
    @Test
    void whatATrainerHasBegunToWriteGetsNoNameAfterItsSuccessor() throws IOException {
        write(1);
        TrainerFiles[] successor = new TrainerFiles[1];
        assertThatThrownBy(() -> files.writeVersion(2, directory -> {
                    text(directory, "weights of the frozen one");
                    successor[0] = files.takeOver(1);
                    successor[0].wholeCheckpoint();
                }))
                .isInstanceOf(FencedException.class);
        assertThat(files.versions()).containsOnlyKeys(1);
        assertThat(files.checkpoint().resolveSibling("")).isDirectoryNotContaining("glob:**/owner-1");
    }

    @Test
    void whatEarlierTrainersBeganToWriteIsDeletedWhenTheNextOneBegins() throws IOException {
        write(1);
        checkpoint("one");
        Path checkpoints = files.checkpoint().resolveSibling("");
        Path ofKilled = checkpoints.resolve("owner-1").resolve("next-checkpoint.safetensors");
        Files.writeString(ofKilled, "half a checkpoint");
        Path inVersion = files.version(1).resolve(".model.safetensors-5.unfinished");
        Files.writeString(inVersion, "half of the weights");
        Path besideCheckpoint = checkpoints.resolve(".checkpoint.safetensors-7.unfinished");
        Files.writeString(besideCheckpoint, "half");

        files = files.takeOver(1);
        assertThat(files.wholeCheckpoint().orElseThrow().file()).hasContent("one");

        assertThat(checkpoints).isDirectoryRecursivelyContaining("glob:**/checkpoint.safetensors");
        assertThat(checkpoints).isDirectoryNotContaining("glob:**/.*");
        assertThat(checkpoints.resolve("owner-2")).isEmptyDirectory();
        assertThat(inVersion).doesNotExist();
        assertThat(files.version(1)).isDirectoryContaining("glob:**/model.safetensors");
    }

    @Test
    void aTrainerWhoseCheckpointsAreDeletedIsNotSucceeded() throws IOException {
        checkpoint("one");
        FileSystemUtils.deleteRecursively(run.resolve("checkpoints"));
        files.confirm();
        checkpoint("two");

        assertThat(files.wholeCheckpoint().orElseThrow().file()).hasContent("two");
        assertThat(files.takeOver(1).token()).isEqualTo(2);
    }

    @Test
    void versionsAreListedByNumberAndNothingElseIsTakenForOne() throws IOException {
        write(3);
        write(12);
        Files.createDirectories(run.resolve("policy/v00012.part"));
        Files.createDirectories(run.resolve("policy/other"));

        assertThat(files.versions().keySet()).containsExactly(3, 12);
        assertThat(files.versions().get(3)).isEqualTo(run.resolve("policy/v00003"));
    }

    @Test
    void theNewestThreeAndTheMeasuredVersionsAreKept() {
        for (int version = 0; version <= 25; version++) {
            write(version);
        }

        files.prune(QUICKSTART, 25);

        assertThat(files.versions().keySet()).containsExactly(0, 10, 20, 23, 24, 25);
    }

    @Test
    void ofVersionsThatMayBeTriedForPromotionTheNewestThreeAreKept() throws IOException {
        Path file = Files.writeString(
                run.resolve("promoting.yaml"),
                "extends: "
                        + Path.of("..", "..", "recipes", "quickstart.yaml")
                                .toAbsolutePath()
                                .normalize() + "\npromotion: {file: promotion.jsonl, samples: 2, every: 2}\n");
        for (int version = 0; version <= 25; version++) {
            write(version);
        }

        files.prune(RecipeFile.read(file, null), 25);

        assertThat(files.versions().keySet()).containsExactly(0, 10, 20, 22, 23, 24, 25);
    }

    @Test
    void aVersionStandsForTheHigherOnesThatHaveNoFilesOfTheirOwn() {
        write(7);
        write(8);
        write(21);

        files.prune(QUICKSTART, 25);

        assertThat(files.versions().keySet())
                .as("8 stands for 10 and 20, 21 for 23 to 25")
                .containsExactly(8, 21);
    }

    @Test
    void versionsThatAreNewerThanTheCheckpointAreLeftAlone() {
        write(24);
        write(26);

        files.prune(QUICKSTART, 25);

        assertThat(files.versions().keySet()).containsExactly(24, 26);
    }

    @Test
    void aFinishedStageAppearsWholeAndReplacesThatOfAnAttemptThatDied() throws IOException {
        files.finishStage("stage1", directory -> text(directory, "first"));
        Files.createDirectories(files.stage("stage1").resolveSibling("policy.part"));
        files = files.takeOver(1);
        files.wholeCheckpoint();
        files.finishStage("stage1", directory -> text(directory, "second"));

        assertThat(files.stage("stage1").resolve("model.safetensors")).hasContent("second");
        assertThat(files.stage("stage1").resolveSibling("policy.part")).doesNotExist();
    }

    @Test
    void aStageWhoseModelCannotBeWrittenLeavesTheEarlierOne() {
        files.finishStage("stage1", directory -> text(directory, "first"));

        assertThatThrownBy(() -> files.finishStage("stage1", directory -> {
                    throw new UncheckedIOException(new IOException("no space left on device"));
                }))
                .hasMessageContaining("no space left");
        assertThat(files.stage("stage1").resolve("model.safetensors")).hasContent("first");
    }

    private void checkpoint(String content) {
        files.writeCheckpoint(file -> {
            try {
                Files.writeString(file, content);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        });
    }

    private void write(int version) {
        files.writeVersion(version, directory -> text(directory, "weights " + version));
    }

    private static void text(Path directory, String weights) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("model.safetensors"), weights);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
