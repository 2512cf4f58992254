package dev.tempo.standalone.launch;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.messaging.Wire;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import tools.jackson.core.JacksonException;

/**
 * Finished first stages by fingerprint: what a stage computed once serves every recipe that shares it. An entry is written
 * beside and renamed, so a half-written one is never seen.
 */
public final class StageCache {
    private final Path directory;
    private final Numerics numerics;
    private final PlugInFolders plugIns;

    /** @param plugIns the jars that bear on the stages */
    public StageCache(Path directory, Numerics numerics, PlugInFolders plugIns) {
        this.directory = directory;
        this.numerics = numerics;
        this.plugIns = plugIns;
    }

    /**
     * One entry.
     *
     * @param version the first version after the cached stages
     * @param reports the measurements made during them
     */
    public record Entry(
            String origin,
            String recipe,
            int version,
            String policySha256,
            String criticSha256,
            List<EvaluationReport> reports) {
        public Entry {
            reports = List.copyOf(reports);
        }
    }

    /** A cached start and the measurements that came before it. */
    public record Found(StageStart start, List<EvaluationReport> reports) {

        /** The measurements as those of another run, each naming the run that made it. */
        public List<EvaluationReport> reportsFor(String run) {
            return reports.stream()
                    .map(report -> new EvaluationReport(
                            run,
                            report.version(),
                            report.stage(),
                            report.roundOfStage(),
                            report.last(),
                            report.sets(),
                            report.critic(),
                            report.wallSeconds(),
                            report.cpuSeconds(),
                            report.origin() == null ? start.origin() : report.origin()))
                    .toList();
        }
    }

    /** The longest run of first stages that the cache holds; never all stages. */
    public Optional<Found> find(Recipe recipe, String baseSha256) {
        return find(recipe, baseSha256, note -> {});
    }

    /**
     * The longest run of first stages that the cache holds; never all stages. A damaged entry counts as none.
     *
     * @param notices told of damaged entries
     */
    public Optional<Found> find(Recipe recipe, String baseSha256, Consumer<String> notices) {
        for (int stages = recipe.stages().size() - 1; stages > 0; stages--) {
            if (isOfItsRunAlone(recipe, stages)) {
                continue;
            }
            String fingerprint = Fingerprint.of(recipe, stages, baseSha256, numerics, plugIns);
            Path path = directory.resolve(fingerprint);
            if (Files.isRegularFile(file(path))) {
                Entry entry;
                try {
                    entry = whole(path);
                } catch (DamagedEntryException damaged) {
                    notices.accept(damaged.getMessage() + ", so the stages that " + path + " holds are computed again");
                    continue;
                }
                StageStart start = new StageStart(
                        entry.version(),
                        new ModelReference(path.resolve("policy").toUri().toString(), entry.policySha256()),
                        new ModelReference(path.resolve("critic").toUri().toString(), entry.criticSha256()),
                        entry.origin(),
                        fingerprint);
                return Optional.of(new Found(start, entry.reports()));
            }
        }
        return Optional.empty();
    }

    /**
     * What arrives while a stage goes on bears on its result, and does not come again. And where training may go back, what was promoted in
     * earlier stages bears on later ones.
     */
    private static boolean isOfItsRunAlone(Recipe recipe, int stages) {
        return recipe.goesBack() || recipe.stages().subList(0, stages).stream().anyMatch(recipe::awaitsQuestions);
    }

    /**
     * The first stages of a run, kept once their policy and critic are there.
     *
     * @return whether the cache holds them now
     */
    public boolean keep(
            String run,
            Recipe recipe,
            String baseSha256,
            int stages,
            RunDirectory runDirectory,
            List<EvaluationReport> reports) {
        if (isOfItsRunAlone(recipe, stages)) {
            return false;
        }
        String last = recipe.stages().get(stages - 1).name();
        Path policy = runDirectory.policy().stage(last);
        Path critic = runDirectory.critic().stage(last);
        if (!Files.isDirectory(policy) || !Files.isDirectory(critic)) {
            return false;
        }
        Path target = directory.resolve(Fingerprint.of(recipe, stages, baseSha256, numerics, plugIns));
        boolean inTheWay = Files.exists(target);
        if (inTheWay && isWhole(target)) {
            return true;
        }
        int version = recipe.firstRoundOf(recipe.stages().get(stages));
        Entry entry = new Entry(
                run,
                recipe.name(),
                version,
                new ModelDirectory(policy).sha256(),
                new ModelDirectory(critic).sha256(),
                reports.stream().filter(report -> report.version() < version).toList());
        // Runs that began with a damaged entry name its files: it is not deleted, and the files that replace its own
        // are the same.
        Path beside = inTheWay ? target : directory.resolve("." + run + "-" + stages);
        try {
            sweep();
            Files.createDirectories(beside);
            copy(policy, beside.resolve("policy"));
            copy(critic, beside.resolve("critic"));
            Files.write(file(beside), Wire.write(entry));
            Files.writeString(hash(beside), Fingerprint.line(file(beside), file(beside)));
            if (!inTheWay) {
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(target + " cannot be written", unwritable);
        }
        return true;
    }

    /** Deletes what dying launchers left beside the entries; no other launcher works here now. */
    private void sweep() throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> listed = Files.list(directory)) {
            for (Path left : listed.filter(path -> path.getFileName().toString().startsWith("."))
                    .toList()) {
                FileSystemUtils.deleteRecursively(left);
            }
        }
    }

    private static Path file(Path path) {
        return path.resolve("entry.json");
    }

    private static Path hash(Path path) {
        return path.resolve("entry.sha256");
    }

    private static boolean isWhole(Path path) {
        try {
            whole(path);
            return true;
        } catch (DamagedEntryException damaged) {
            return false;
        }
    }

    private static Entry whole(Path path) throws DamagedEntryException {
        try {
            if (!Files.readString(hash(path), StandardCharsets.ISO_8859_1)
                    .equals(Fingerprint.line(file(path), file(path)))) {
                throw new DamagedEntryException(
                        file(path) + " is damaged: its SHA-256 is not the one in " + hash(path));
            }
            Entry entry = Wire.read(Entry.class, Files.readAllBytes(file(path)));
            new ModelDirectory(path.resolve("policy")).verify(entry.policySha256());
            new ModelDirectory(path.resolve("critic")).verify(entry.criticSha256());
            return entry;
        } catch (ModelFormatException weights) {
            throw new DamagedEntryException(String.valueOf(weights.getMessage()));
        } catch (NoSuchFileException without) {
            throw new DamagedEntryException(without.getFile() + " is missing");
        } catch (IOException | JacksonException | IllegalArgumentException text) {
            throw new DamagedEntryException(file(path) + " is damaged");
        }
    }

    /** The damage of an entry, in words that name the file. */
    private static final class DamagedEntryException extends Exception {
        private static final long serialVersionUID = 1;

        DamagedEntryException(String words) {
            super(words);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
