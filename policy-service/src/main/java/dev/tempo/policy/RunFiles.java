package dev.tempo.policy;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.training.PolicyTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a run's policy lies: {@code policy/vNNNNN}, {@code stages/<stage>/policy} and {@code checkpoints/policy}. */
record RunFiles(Path run) {
    private static final int NEWEST = 3;

    Path version(int version) {
        return versions().resolve("v%05d".formatted(version));
    }

    Path checkpoint() {
        return run.resolve("checkpoints/policy/checkpoint.safetensors");
    }

    Path lock() {
        return run.resolve("checkpoints/policy/lock");
    }

    Path stage(String name) {
        return run.resolve("stages").resolve(name).resolve("policy");
    }

    void createDirectories() {
        try {
            Files.createDirectories(versions());
            Files.createDirectories(checkpoint().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the directories of the run in " + run, e);
        }
    }

    /**
     * Keeps a stage's last policy for later runs. One that is there already is of an attempt that died before its
     * checkpoint, which nobody was told of.
     */
    void keepStage(String name, PolicyTrainer trainer) {
        Path stage = stage(name);
        Path part = stage.resolveSibling("policy.part");
        try {
            Files.createDirectories(part);
            trainer.save(part);
            if (Files.exists(stage)) {
                delete(stage);
            }
            Files.move(part, stage, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel parent = FileChannel.open(stage.getParent(), StandardOpenOption.READ)) {
                parent.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the policy of stage '" + name + "' to " + stage, e);
        }
    }

    /** Deletes versions that nobody reads any more: all but the newest three and those that are measured. */
    void prune(Recipe recipe, int newest) {
        try (Stream<Path> listed = Files.list(versions())) {
            for (Path directory : listed.toList()) {
                String name = directory.getFileName().toString();
                if (name.matches("v\\d{5,9}")) {
                    int version = Integer.parseInt(name.substring(1));
                    if (version <= newest - NEWEST && !recipe.evaluates(version)) {
                        delete(directory);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete old versions in " + versions(), e);
        }
    }

    private Path versions() {
        return run.resolve("policy");
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> listed = Files.walk(directory)) {
            deepestFirst = listed.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
