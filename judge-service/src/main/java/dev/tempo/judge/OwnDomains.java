package dev.tempo.judge;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Run;
import dev.tempo.runs.KnownRuns;

/**
 * The domains that this service judges: not those that a recipe routes to an external judge, since a topic's records of
 * one domain have one writer. Thread-safe.
 */
public final class OwnDomains {
    private final KnownRuns runs;

    public OwnDomains(KnownRuns runs) {
        this.runs = runs;
    }

    /** The judged trajectories without those of domains that another judge writes. */
    public Judged own(Judged judged) {
        return new Judged(judged.judged().stream().filter(this::isOurs).toList(), judged.done(), judged.obstacle());
    }

    private boolean isOurs(JudgedTrajectory judged) {
        String run = judged.trajectory().id().request().run();
        Run active = runs.active(run);
        return active == null
                || !active.recipe().isJudgedExternally(judged.trajectory().domain());
    }
}
