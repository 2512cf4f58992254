package dev.tempo.standalone.launch;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.messaging.Wire;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

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
        for (int stages = recipe.stages().size() - 1; stages > 0; stages--) {
            String fingerprint = Fingerprint.of(recipe, stages, baseSha256, numerics, plugIns);
            Path path = directory.resolve(fingerprint);
            if (Files.isRegularFile(path.resolve("entry.json"))) {
                Entry entry = read(path);
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
        String last = recipe.stages().get(stages - 1).name();
        Path policy = runDirectory.policy().stage(last);
        Path critic = runDirectory.critic().stage(last);
        if (!Files.isDirectory(policy) || !Files.isDirectory(critic)) {
            return false;
        }
        Path target = directory.resolve(Fingerprint.of(recipe, stages, baseSha256, numerics, plugIns));
        if (Files.exists(target)) {
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
        Path beside = directory.resolve("." + run + "-" + stages);
        try {
            FileSystemUtils.deleteRecursively(beside);
            Files.createDirectories(beside);
            copy(policy, beside.resolve("policy"));
            copy(critic, beside.resolve("critic"));
            Files.write(beside.resolve("entry.json"), Wire.write(entry));
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(target + " cannot be written", unwritable);
        }
        return true;
    }

    private static Entry read(Path path) {
        try {
            return Wire.read(Entry.class, Files.readAllBytes(path.resolve("entry.json")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(path + " cannot be read; delete it to compute the stage again", unreadable);
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
