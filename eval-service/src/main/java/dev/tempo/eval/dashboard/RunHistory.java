package dev.tempo.eval.dashboard;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.eval.report.RunJournal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The history of every run, as people look at it. Thread-safe. */
public final class RunHistory {
    private final Map<String, Entry> runs = new LinkedHashMap<>();

    private static final class Entry {
        private @Nullable Run run;
        private final TreeMap<Integer, PolicyVersion> policies = new TreeMap<>();
        private final TreeMap<Integer, CriticVersion> critics = new TreeMap<>();
        private final TreeMap<Integer, EvaluationReport> reports = new TreeMap<>();
    }

    public synchronized void on(Run run) {
        Entry entry = entry(run.run());
        entry.run = run;
        entry.policies.values().forEach(version -> end(entry, version));
    }

    /** A version that is published again may say what its round draws, or that it is the last. */
    public synchronized void on(PolicyVersion version) {
        Entry entry = entry(version.run());
        entry.policies.merge(
                version.version(),
                version,
                (known, later) -> later.last() || (later.questions() != null && !known.last()) ? later : known);
        end(entry, version);
    }

    /** A run whose recipe has no end has one once a version is the last. */
    private static void end(Entry entry, PolicyVersion version) {
        if (entry.run != null) {
            entry.run = entry.run.endingWith(version);
        }
    }

    /** The run as it was announced, with an end where it has come to one. */
    public synchronized Run ending(Run run) {
        Run ending = run;
        for (PolicyVersion version : entry(run.run()).policies.values()) {
            ending = ending.endingWith(version);
        }
        return ending;
    }

    public synchronized void on(CriticVersion version) {
        entry(version.run()).critics.putIfAbsent(version.version(), version);
    }

    public synchronized void on(EvaluationReport report) {
        entry(report.run()).reports.putIfAbsent(report.version(), report);
    }

    /** The runs in short, those with the latest news first. */
    synchronized List<RunSummary> summaries() {
        List<RunSummary> summaries = new ArrayList<>(runs.values().stream()
                .map(RunHistory::summary)
                .filter(Objects::nonNull)
                .toList());
        Collections.reverse(summaries);
        return summaries;
    }

    /** The run as it was announced. */
    synchronized Optional<Run> run(String run) {
        Entry entry = runs.get(run);
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.run);
    }

    synchronized Optional<RunDetail> detail(String run) {
        Entry entry = runs.get(run);
        RunSummary summary = entry == null ? null : summary(entry);
        return entry == null || entry.run == null || summary == null
                ? Optional.empty()
                : Optional.of(RunDetail.of(
                        summary,
                        entry.run.recipe(),
                        ours(entry.policies, entry.run),
                        ours(entry.critics, entry.run),
                        ours(entry.reports, entry.run)));
    }

    /** A run as it was announced last. */
    synchronized Optional<Run> announced(String run) {
        return Optional.ofNullable(runs.get(run)).map(entry -> entry.run);
    }

    /** All that a run has published so far. */
    public synchronized RunJournal journal(Run run) {
        RunJournal journal = new RunJournal(run.run(), run.recipe());
        Entry entry = entry(run.run());
        entry.policies.values().forEach(journal::add);
        entry.critics.values().forEach(journal::add);
        entry.reports.values().forEach(journal::add);
        return journal;
    }

    private static @Nullable RunSummary summary(Entry entry) {
        if (entry.run == null || entry.run.state() == RunState.REMOVED) {
            return null;
        }
        Map.Entry<Integer, PolicyVersion> latest =
                entry.policies.floorEntry(entry.run.recipe().rounds());
        return RunSummary.of(entry.run, latest == null ? null : latest.getValue());
    }

    private static <V> Collection<V> ours(NavigableMap<Integer, V> versions, Run run) {
        return versions.headMap(run.recipe().rounds(), true).values();
    }

    private Entry entry(String run) {
        return runs.computeIfAbsent(run, first -> new Entry());
    }
}
