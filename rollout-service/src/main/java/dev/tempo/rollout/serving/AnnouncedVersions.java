package dev.tempo.rollout.serving;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.Environment;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.rollout.Environments;
import dev.tempo.runs.RunDirectory;
import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.VersionCatalog;
import dev.tempo.serving.version.VersionListing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one run that were announced and whose files are there. The promoted one answers under the plain name; of a run
 * that promotes none, the latest. None does before all that was announced earlier is read: what answers after a restart is what
 * answered before it. Thread-safe.
 */
public final class AnnouncedVersions implements VersionCatalog {
    private static final String NOBODY = "policy";

    private final @Nullable String wantedRun;
    private final @Nullable String wantedName;
    private final Environments environments;
    private final Set<String> unread =
            new HashSet<>(Set.of(Topics.RUNS.name(), Topics.POLICY_VERSIONS.name(), Topics.PROMOTIONS.name()));
    private final Map<String, Run> runs = new HashMap<>();
    private final Map<String, NavigableMap<Integer, ServedVersion>> announced = new HashMap<>();
    /** Where the files of promoted versions stay; those that were announced are deleted by their trainer. */
    private final Map<String, NavigableMap<Integer, ServedVersion>> kept = new HashMap<>();

    private final Map<String, NavigableMap<Integer, Integer>> promotions = new HashMap<>();
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

    /** All that a topic held at the start is read. */
    public synchronized void caughtUpWith(Topic<?> topic) {
        unread.remove(topic.name());
    }

    /** A run was submitted, or has another state. */
    public synchronized void on(Run run) {
        runs.put(run.run(), run);
    }

    /** A version was announced. */
    public synchronized void on(PolicyVersion version, Instant now) {
        latest = version.run();
        add(announced, version.run(), version.version(), version.model(), now);
    }

    /** A version was tried for promotion, or its operator wanted it promoted. */
    public synchronized void on(Promotion promotion, Instant now) {
        if (promotion.outcome() == PromotionOutcome.PROMOTED) {
            promotions
                    .computeIfAbsent(promotion.run(), any -> new TreeMap<>())
                    .putIfAbsent(promotion.number(), promotion.version());
            add(kept, promotion.run(), promotion.version(), promotion.model(), now);
        }
    }

    private static void add(
            Map<String, NavigableMap<Integer, ServedVersion>> all,
            String run,
            int number,
            ModelReference model,
            Instant now) {
        NavigableMap<Integer, ServedVersion> known = all.computeIfAbsent(run, any -> new TreeMap<>());
        ServedVersion earlier = known.get(number);
        if (earlier == null || !model.sha256().equals(earlier.sha256())) {
            Path directory = RunDirectory.pathOf(model);
            known.put(number, new ServedVersion(NOBODY, run, OptionalInt.of(number), directory, model.sha256(), now));
        }
    }

    @Override
    public synchronized VersionListing listing() {
        String id = wantedRun == null ? latest : wantedRun;
        Run run = runs.get(id);
        String name = wantedName != null
                ? wantedName
                : run == null ? NOBODY : run.recipe().name();
        boolean complete = unread.isEmpty();
        if (run == null || !complete) {
            return new VersionListing(name, List.of(), Optional.empty(), complete);
        }
        NavigableMap<Integer, ServedVersion> there = new TreeMap<>();
        for (Map<String, NavigableMap<Integer, ServedVersion>> files : List.of(announced, kept)) {
            files.getOrDefault(id, new TreeMap<>()).forEach((number, version) -> {
                if (ModelDirectory.isIn(version.directory())) {
                    there.put(number, version.named(name));
                }
            });
        }
        return new VersionListing(name, List.copyOf(there.values()), served(run, there), true);
    }

    private Optional<ServedVersion> served(Run run, NavigableMap<Integer, ServedVersion> there) {
        if (!run.recipe().promotes()) {
            return Optional.ofNullable(there.lastEntry()).map(Map.Entry::getValue);
        }
        NavigableMap<Integer, Integer> promoted = promotions.getOrDefault(run.run(), new TreeMap<>());
        return Optional.ofNullable(there.get(
                promoted.isEmpty() ? run.firstVersion() : promoted.lastEntry().getValue()));
    }

    @Override
    public @Nullable Environment environment(ServedVersion version, Tokenizer tokenizer) {
        Run run = run(version);
        return run == null
                ? null
                : environments.over(tokenizer, run.recipe().generation().environment());
    }

    @Override
    public Optional<UnaryOperator<String>> asking(ServedVersion version) {
        Run run = run(version);
        return run == null ? Optional.empty() : Optional.of(run.recipe().generation()::ask);
    }

    /** A run that is over learns from nothing more. */
    @Override
    public boolean learns(ServedVersion version) {
        Run run = run(version);
        return run != null && !run.state().isOver() && run.recipe().data().arriving() != null;
    }

    private synchronized @Nullable Run run(ServedVersion version) {
        return runs.get(version.run());
    }
}
