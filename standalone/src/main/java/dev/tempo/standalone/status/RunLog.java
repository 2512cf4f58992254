package dev.tempo.standalone.status;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunEnd;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.eval.report.RunJournal;
import dev.tempo.messaging.Received;
import dev.tempo.recipes.naming.NearestNames;
import dev.tempo.standalone.launch.BrokerConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All runs that a broker's topics know, as they were when they were read. */
public final class RunLog {
    private static final int SHOWN = 5;

    private final Map<String, Run> runs = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, RunEnd> ends = new ConcurrentHashMap<>();
    private final List<Received<PolicyVersion>> policies = Collections.synchronizedList(new ArrayList<>());
    private final List<CriticVersion> critics = Collections.synchronizedList(new ArrayList<>());
    private final List<EvaluationReport> reports = Collections.synchronizedList(new ArrayList<>());

    private RunLog() {}

    public static RunLog read(BrokerConnection connection) {
        RunLog log = new RunLog();
        connection.follow(Topics.RUNS, run -> log.runs.put(run.run(), run));
        log.runs.values().removeIf(run -> run.state() == RunState.REMOVED);
        connection.follow(Topics.RUN_ENDS, end -> log.ends.put(end.run(), end));
        connection.followSince(Instant.EPOCH, Topics.POLICY_VERSIONS, log.policies::add);
        connection.follow(Topics.CRITIC_VERSIONS, log.critics::add);
        connection.follow(Topics.EVALUATION_REPORTS, log.reports::add);
        return log;
    }

    /** The ids of all runs, in the order in which they were announced. */
    public List<String> ids() {
        synchronized (runs) {
            return List.copyOf(runs.keySet());
        }
    }

    /**
     * The run with an id.
     *
     * @throws UserException if there is none
     */
    public LoggedRun known(String id) {
        Run run = runs.get(id);
        if (run == null) {
            List<String> all = ids();
            List<String> near = NearestNames.to(id, all, SHOWN);
            throw new UserException("the broker knows no run '" + id + "'; "
                    + (all.isEmpty()
                            ? "none was submitted to it yet"
                            : near.isEmpty()
                                    ? "it knows " + String.join(", ", all)
                                    : "did you mean " + String.join(" or ", near) + "?"));
        }
        RunJournal journal = new RunJournal(id, run.recipe());
        List<Received<PolicyVersion>> versions = List.copyOf(policies);
        versions.forEach(version -> journal.add(version.message()));
        List.copyOf(critics).forEach(journal::add);
        List.copyOf(reports).forEach(journal::add);
        return new LoggedRun(run, ends.get(id), journal, newestWritten(id, versions));
    }

    /** When the newest version of a run was first told: it or an older one may be told once more, for instance when files are made again. */
    private static Instant newestWritten(String run, List<Received<PolicyVersion>> versions) {
        return versions.stream()
                .filter(version -> version.message().run().equals(run))
                .max(Comparator.comparingInt(version -> version.message().version()))
                .map(Received::written)
                .orElse(Instant.EPOCH);
    }
}
