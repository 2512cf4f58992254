package dev.tempo.eval.report;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.VersionName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The journal of all that a run has published so far, by version; of several records of one version the first counts, or
 * the one that says that it is the last. Thread-safe. */
public final class RunJournal {
    private final String run;
    private Recipe recipe;
    private final NavigableMap<Integer, PolicyVersion> policies = new TreeMap<>();
    private final NavigableMap<Integer, CriticVersion> critics = new TreeMap<>();
    private final NavigableMap<Integer, EvaluationReport> reports = new TreeMap<>();

    public RunJournal(String run, Recipe recipe) {
        this.run = run;
        this.recipe = recipe;
    }

    public String run() {
        return run;
    }

    /** The recipe; that of a run without an end has one once the last version is there. */
    public synchronized Recipe recipe() {
        return recipe;
    }

    /** Takes note of what was published; says whether it was news and of this run. */
    public synchronized boolean add(PolicyVersion version) {
        if (!isOurs(version.run(), version.version())) {
            return false;
        }
        PolicyVersion known = policies.get(version.version());
        if (known == null || (version.last() && !known.last())) {
            policies.put(version.version(), version);
        }
        if (version.last() && recipe.unbounded()) {
            recipe = recipe.endingWith(version.version());
        }
        return known == null;
    }

    /** Takes note of what was published; says whether it was news and of this run. */
    public synchronized boolean add(CriticVersion version) {
        return isOurs(version.run(), version.version()) && critics.putIfAbsent(version.version(), version) == null;
    }

    /** Takes note of what was published; says whether it was news and of this run. */
    public synchronized boolean add(EvaluationReport report) {
        return isOurs(report.run(), report.version()) && reports.putIfAbsent(report.version(), report) == null;
    }

    private boolean isOurs(String id, int version) {
        return id.equals(run) && recipe.hasVersion(version);
    }

    public synchronized Optional<PolicyVersion> latestPolicy() {
        return Optional.ofNullable(policies.lastEntry()).map(Map.Entry::getValue);
    }

    public synchronized Optional<CriticVersion> latestCritic() {
        return Optional.ofNullable(critics.lastEntry()).map(Map.Entry::getValue);
    }

    public synchronized List<PolicyVersion> policies() {
        return List.copyOf(policies.values());
    }

    public synchronized List<CriticVersion> critics() {
        return List.copyOf(critics.values());
    }

    public synchronized List<EvaluationReport> reports() {
        return List.copyOf(reports.values());
    }

    /** The names of the stages that are complete and in which no row of any round carried a gradient. */
    public List<String> unlearnedStages() {
        return UnlearnedStage.of(recipe, policies()).stream()
                .map(UnlearnedStage::stage)
                .toList();
    }

    /** Whether some trajectory of the run failed, and so was not learned from or measured. */
    public boolean anyFailed() {
        return failed().any();
    }

    FailedTrajectories failed() {
        return FailedTrajectories.of(policies(), critics(), reports());
    }

    /** Whether the last version is there and, where the recipe measures, every measurement from {@code first} on. */
    public synchronized boolean isComplete(int first) {
        if (!policies.containsKey(recipe.rounds())) {
            return false;
        }
        for (int version = first; version <= recipe.rounds(); version++) {
            if (recipe.evaluates(version) && !reports.containsKey(version)) {
                return false;
            }
        }
        return true;
    }

    /** The name of a version as people meet it. */
    public VersionName nameOf(int version) {
        return VersionName.of(recipe, version);
    }

    /** The sets of a measurement, the one that matters most first. */
    public List<SetReport> setsInOrder(EvaluationReport report) {
        List<String> order = recipe.evaluation().setsInOrder();
        return report.sets().stream()
                .sorted(Comparator.comparingInt(set -> order.indexOf(set.set())))
                .toList();
    }

    /** The versions that the closing table shows: the base, the end of each stage. */
    public List<Integer> milestones() {
        List<Integer> milestones = new ArrayList<>(List.of(0));
        int first = 0;
        for (Stage stage : recipe.stages()) {
            first += stage.rounds();
            milestones.add(first);
        }
        return milestones;
    }
}
