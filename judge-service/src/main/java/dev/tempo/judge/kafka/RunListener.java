package dev.tempo.judge.kafka;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.judge.Answers;
import dev.tempo.judge.VoteCounter;
import dev.tempo.judge.VoteHistory;
import dev.tempo.judging.plugin.RunPlugIns;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.runs.KnownRuns;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listener to runs: it binds each to its plug-ins and tells everybody whom it concerns. One thread at a time. */
final class RunListener {
    private static final Logger LOG = LoggerFactory.getLogger(RunListener.class);

    private final KnownRuns runs;
    private final Answers answers;
    private final VoteCounter votes;
    private final VoteHistory earlier;
    private final RunPlugIns plugIns;
    private final Map<String, Stopwatch> begun = new HashMap<>();
    private final Map<String, Run> history = new HashMap<>();
    private boolean caughtUp;

    RunListener(KnownRuns runs, Answers answers, VoteCounter votes, VoteHistory earlier, RunPlugIns plugIns) {
        this.runs = runs;
        this.answers = answers;
        this.votes = votes;
        this.earlier = earlier;
        this.plugIns = plugIns;
    }

    void on(Run announced) {
        Stopwatch opening = Stopwatch.start();
        Run run = plugIns.bind(announced);
        runs.on(run);
        votes.on(run);
        if (caughtUp) {
            forgetIfFinished(run);
            tell(run, opening);
        } else {
            history.put(run.run(), run);
        }
    }

    /** In the history a run may have gone on after it had finished: its answers are needed then, and come only once. */
    private void forgetIfFinished(Run run) {
        if (run.state().isOver()) {
            answers.forget(run.run());
            earlier.forget(run.run());
        }
    }

    /**
     * The end of the history of runs: what was announced before the service started is known, and of it only active
     * runs get a line in the log.
     */
    void caughtUp() {
        runs.caughtUp();
        caughtUp = true;
        history.values().forEach(this::forgetIfFinished);
        history.clear();
        runs.active().forEach(run -> tell(run, Stopwatch.start()));
    }

    private void tell(Run run, Stopwatch opening) {
        if (run.state() == RunState.ACTIVE) {
            if (begun.putIfAbsent(run.run(), opening) == null) {
                RunEvent.RUN_BEGUN.log(LOG, run.run(), run.firstVersion(), run.firstVersion(), opening.seconds());
            }
            return;
        }
        Stopwatch since = begun.remove(run.run());
        if (since != null && run.state() == RunState.FINISHED) {
            int last =
                    run.recipe().unbounded() ? run.firstVersion() : run.recipe().rounds();
            RunEvent.RUN_FINISHED.log(LOG, run.run(), last, last, since.seconds());
        }
    }
}
