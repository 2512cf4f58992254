package dev.tempo.rollout.serving;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.Environment;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.rollout.Environments;
import dev.tempo.runs.RunDirectory;
import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.VersionCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The versions of one run that were announced and whose files are there; the latest answers. Thread-safe. */
public final class AnnouncedVersions implements VersionCatalog {
    private static final String NOBODY = "policy";

    private final @Nullable String wantedRun;
    private final @Nullable String wantedName;
    private final Environments environments;
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, NavigableMap<Integer, ServedVersion>> versions = new HashMap<>();
    private String latest = "";

    /**
     * @param wantedRun null for that of which a version was announced last
     * @param wantedName null for the recipe's
     * @param environments that recipes may name
     */
    public AnnouncedVersions(@Nullable String wantedRun, @Nullable String wantedName, Environments environments) {
        this.environments = environments;
        this.wantedRun = wantedRun;
        this.wantedName = wantedName;
    }

    /** A run was submitted, or has another state. */
    public synchronized void on(Run run) {
        runs.put(run.run(), run);
    }

    /** A version was announced. */
    public synchronized void on(PolicyVersion version, Instant now) {
        String run = version.run();
        latest = run;
        Path directory = RunDirectory.pathOf(version.model());
        NavigableMap<Integer, ServedVersion> known = versions.computeIfAbsent(run, any -> new TreeMap<>());
        ServedVersion earlier = known.get(version.version());
        if (earlier == null || !version.model().sha256().equals(earlier.sha256())) {
            known.put(
                    version.version(),
                    new ServedVersion(
                            nameOf(run),
                            OptionalInt.of(version.version()),
                            directory,
                            version.model().sha256(),
                            now));
        }
    }

    @Override
    public synchronized String name() {
        return nameOf(servedRun());
    }

    private String servedRun() {
        return wantedRun == null ? latest : wantedRun;
    }

    private String nameOf(String id) {
        if (wantedName != null) {
            return wantedName;
        }
        Run run = runs.get(id);
        return run == null ? NOBODY : run.recipe().name();
    }

    @Override
    public synchronized List<ServedVersion> versions() {
        String name = name();
        return versions.getOrDefault(servedRun(), new TreeMap<>()).values().stream()
                .filter(version -> ModelDirectory.isIn(version.directory()))
                .map(version -> version.named(name))
                .toList();
    }

    @Override
    public Optional<ServedVersion> served() {
        List<ServedVersion> all = versions();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    @Override
    public @Nullable Environment environment(Tokenizer tokenizer) {
        Run run;
        synchronized (this) {
            run = runs.get(servedRun());
        }
        return run == null
                ? null
                : environments.over(tokenizer, run.recipe().generation().environment());
    }

    @Override
    public synchronized Optional<UnaryOperator<String>> asking() {
        Run run = runs.get(servedRun());
        return run == null ? Optional.empty() : Optional.of(run.recipe().generation()::ask);
    }
}
