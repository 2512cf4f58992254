package dev.tempo.standalone.serve;

import dev.tempo.contract.Run;
import dev.tempo.model.inference.Environment;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.rollout.Environments;
import dev.tempo.runs.RunDirectory;
import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.VersionCatalog;
import dev.tempo.standalone.evaluation.KeptVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The versions of a run's policy that are kept on disk, looked up anew each time; the latest answers under the plain name. */
final class RunVersions implements VersionCatalog {
    private final String name;
    private final Run run;
    private final Path directory;
    private @Nullable Environments environments;
    private final Map<Path, Instant> created = new ConcurrentHashMap<>();

    /** @param directory of the run */
    RunVersions(String name, Run run, Path directory) {
        this.name = name;
        this.run = run;
        this.directory = directory;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<ServedVersion> versions() {
        return KeptVersions.of(run, directory).directories().entrySet().stream()
                .map(this::version)
                .toList();
    }

    @Override
    public Optional<ServedVersion> served() {
        List<ServedVersion> versions = versions();
        return Optional.of(versions.get(versions.size() - 1));
    }

    @Override
    public Optional<UnaryOperator<String>> asking() {
        return Optional.of(run.recipe().generation()::ask);
    }

    @Override
    public @Nullable Environment environment(Tokenizer tokenizer) {
        return environments().over(tokenizer, run.recipe().generation().environment());
    }

    /** Looked up when they are first asked for: the launcher of a new run copies their jars first. */
    private synchronized Environments environments() {
        Environments known = environments;
        if (known == null) {
            known = Environments.of(new RunDirectory(directory).environments());
            environments = known;
        }
        return known;
    }

    private ServedVersion version(Map.Entry<Integer, Path> kept) {
        return new ServedVersion(
                name,
                OptionalInt.of(kept.getKey()),
                kept.getValue(),
                null,
                created.computeIfAbsent(kept.getValue(), RunVersions::time));
    }

    private static Instant time(Path path) {
        try {
            return Files.getLastModifiedTime(path).toInstant();
        } catch (IOException gone) {
            return Instant.EPOCH;
        }
    }
}
