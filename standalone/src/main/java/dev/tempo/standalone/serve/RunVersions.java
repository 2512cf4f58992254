package dev.tempo.standalone.serve;

import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.messaging.Wire;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.Environment;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.rollout.Environments;
import dev.tempo.runs.RunDirectory;
import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.VersionCatalog;
import dev.tempo.serving.version.VersionListing;
import dev.tempo.standalone.evaluation.KeptVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a run's policy that are kept on disk, looked up anew each time. The promoted one answers under the plain name; of
 * a run that promotes none, the latest.
 */
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
    public VersionListing listing() {
        NavigableMap<Integer, Path> files = KeptVersions.of(run, directory).directories();
        NavigableMap<Integer, Promotion> promotions = promotions();
        promotions
                .values()
                .forEach(promotion -> files(promotion).ifPresent(kept -> files.put(promotion.version(), kept)));
        List<ServedVersion> versions = files.entrySet().stream()
                .filter(entry -> ModelDirectory.isIn(entry.getValue()))
                .map(this::version)
                .toList();
        int number = !run.recipe().promotes()
                ? files.lastKey()
                : promotions.isEmpty()
                        ? run.firstVersion()
                        : promotions.lastEntry().getValue().version();
        Optional<ServedVersion> served = versions.stream()
                .filter(version -> version.number().getAsInt() == number)
                .findFirst();
        return new VersionListing(name, versions, served, true);
    }

    /** The records of promoted versions, by number, as eval-service keeps them beside the run. */
    private NavigableMap<Integer, Promotion> promotions() {
        NavigableMap<Integer, Promotion> promotions = new TreeMap<>();
        if (run.recipe().promotes()) {
            new RunDirectory(directory).promotions().announced().forEach((number, message) -> {
                Promotion promotion = Wire.read(Promotion.class, message);
                if (promotion.outcome() == PromotionOutcome.PROMOTED) {
                    promotions.put(number, promotion);
                }
            });
        }
        return promotions;
    }

    /** The files of a promoted version that stay; empty where there are none, as of the version that a run begins with. */
    private Optional<Path> files(Promotion promotion) {
        return Optional.of(new RunDirectory(directory).promotions().version(promotion.version()))
                .filter(ModelDirectory::isIn);
    }

    @Override
    public Optional<UnaryOperator<String>> asking(ServedVersion version) {
        return Optional.of(run.recipe().generation()::ask);
    }

    /** A run that has ended learns from nothing more. */
    @Override
    public boolean learns(ServedVersion version) {
        return run.recipe().data().arriving() != null && !ReportWriter.isFinished(directory);
    }

    @Override
    public @Nullable Environment environment(ServedVersion version, Tokenizer tokenizer) {
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
                run.run(),
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
