package dev.tempo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.recipes.RecipeFile;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.TrainerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MomentTest {
    @TempDir
    Path directory;

    @Test
    void aCheckpointOfEitherTrainerIsSeenWhileItIsWrittenAndNotBeforeOrAfter() throws IOException {
        Path recipe = Path.of("..", "recipes", "quickstart.yaml");
        try (Victim victim = new Victim(
                directory,
                recipe,
                RecipeFile.read(recipe, null),
                Duration.ofSeconds(5),
                new SplittableRandom(1),
                false)) {
            RunDirectory begun = new RunDirectory(victim.workspace().run("begun"));
            Files.createDirectories(begun.path());
            Files.writeString(begun.submission(), "{}");

            for (TrainerFiles files : List.of(begun.policy(), begun.critic())) {
                assertThat(isSeen(victim)).as("before").isFalse();
                TrainerFiles owned = files.takeOver(7);
                for (int checkpoint = 1; checkpoint <= 2; checkpoint++) {
                    List<Boolean> seen = new ArrayList<>();
                    owned.writeCheckpoint(path -> {
                        seen.add(isSeen(victim));
                        write(path, "half of");
                        seen.add(isSeen(victim));
                        write(path, "half of it and the rest");
                    });
                    assertThat(seen).startsWith(false, true);
                    assertThat(isSeen(victim)).as("after").isFalse();
                }
            }
        }
    }

    private static boolean isSeen(Victim victim) {
        try {
            return Moment.CHECKPOINT_BEING_WRITTEN.has(victim, 0, 0);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
