package dev.tempo.judge;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.judging.JudgeChain;
import dev.tempo.judging.Judges;
import dev.tempo.messaging.Received;
import dev.tempo.runs.KnownRuns;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unlabeled trajectories of the stages whose reward is a vote. Thread-safe.
 *
 * <p>A round's requests go out only after the round before has closed, so the first vote of a round that is published makes
 * what is left of earlier ones obsolete. A lone trajectory does not: whoever can write to the topic can claim any round.
 */
public final class VoteCounter {
    private static final Logger LOG = LoggerFactory.getLogger(VoteCounter.class);

    private final KnownRuns runs;
    private final Judges judges;
    private final VoteHistory history;
    private final Map<String, Ballots> ballots = new HashMap<>();
    private final Map<String, String> lost = new TreeMap<>();

    /** The ballots of one run. */
    private static final class Ballots {
        private final Map<RequestId, VoteBallot> open = new TreeMap<>();
        private final Set<RequestId> counted = new HashSet<>();
        private int newestCounted;

        void count(RequestId request) {
            if (open.remove(request) == null) {
                return;
            }
            if (request.round() > newestCounted) {
                newestCounted = request.round();
                open.keySet().removeIf(this::isObsolete);
                counted.removeIf(this::isObsolete);
            }
            counted.add(request);
        }

        boolean awaits(RequestId request) {
            return !isObsolete(request) && !counted.contains(request);
        }

        private boolean isObsolete(RequestId request) {
            return request.round() < newestCounted;
        }
    }

    public VoteCounter(KnownRuns runs, Judges judges, VoteHistory history) {
        this.runs = runs;
        this.judges = judges;
        this.history = history;
    }

    /** A run has another state. One that is paused is voted for as ever, since nobody asks for its trajectories a second time. */
    public synchronized void on(Run run) {
        lost.remove(run.run());
        if (run.state().isOver()) {
            ballots.remove(run.run());
        }
    }

    /**
     * The votes of the questions that are complete with these trajectories; they stay open until {@link #published}.
     */
    public synchronized Voted vote(List<Received<Trajectory>> received) {
        int done = 0;
        Obstacle obstacle = null;
        while (obstacle == null && done < received.size()) {
            String run = received.get(done).message().id().request().run();
            Run unfinished = runs.unfinished(run);
            if (unfinished != null) {
                take(received.get(done), unfinished);
            }
            if (unfinished != null || !runs.mayBecomeKnown(run)) {
                done++;
            } else {
                obstacle = Obstacle.run(run);
            }
        }
        return count(done, obstacle);
    }

    /**
     * Keeps the votes that later rounds look back at beside their runs, before they are published; what cannot be written is waited
     * for, else null.
     */
    public synchronized @Nullable Obstacle keep(Voted voted) {
        Map<String, Map<RequestId, List<JudgedTrajectory>>> byRun = new TreeMap<>();
        for (JudgedTrajectory judged : voted.judged()) {
            RequestId request = judged.trajectory().id().request();
            Run run = runs.unfinished(request.run());
            if (run != null && looksBack(run, request)) {
                byRun.computeIfAbsent(request.run(), first -> new TreeMap<>())
                        .computeIfAbsent(request, first -> new ArrayList<>())
                        .add(judged);
            }
        }
        for (Map.Entry<String, Map<RequestId, List<JudgedTrajectory>>> ofRun : byRun.entrySet()) {
            Run run = runs.unfinished(ofRun.getKey());
            try {
                if (run != null) {
                    new KeptVotes(run).add(ofRun.getValue());
                }
            } catch (UncheckedIOException unwritable) {
                return Obstacle.file(unwritable);
            }
        }
        return null;
    }

    /** The reasons why votes of runs cannot be counted any more, by run. */
    synchronized Map<String, String> lost() {
        return new TreeMap<>(lost);
    }

    /** The broker has these votes: later copies of their samples are dropped. */
    public synchronized void published(Voted voted) {
        for (RequestId request : voted.counted()) {
            Ballots ofRun = ballots.get(request.run());
            if (ofRun != null) {
                ofRun.count(request);
            }
        }
    }

    /** The end of counting for these partitions: another instance reads them now. */
    public synchronized void revoked(Set<Integer> partitions) {
        ballots.values().forEach(ofRun -> ofRun.open.values().removeIf(ballot -> ballot.touches(partitions)));
    }

    synchronized int openBallots() {
        return ballots.values().stream().mapToInt(ofRun -> ofRun.open.size()).sum();
    }

    private void take(Received<Trajectory> trajectory, Run run) {
        RequestId request = trajectory.message().id().request();
        if (!run.recipe().trains()) {
            return;
        }
        Stage stage = run.recipe().stageOf(request.round());
        if (!stage.votes()
                || run.recipe().isJudgedExternally(trajectory.message().domain())) {
            return;
        }
        Ballots ofRun = ballots.computeIfAbsent(request.run(), first -> new Ballots());
        if (ofRun.awaits(request)) {
            ofRun.open
                    .computeIfAbsent(request, first -> new VoteBallot(stage.samples()))
                    .add(trajectory);
        }
    }

    private Voted count(int done, @Nullable Obstacle obstacle) {
        List<RequestId> counted = new ArrayList<>();
        List<JudgedTrajectory> judged = new ArrayList<>();
        Map<Integer, Long> unfinished = new HashMap<>();
        Set<String> unread = new TreeSet<>();
        ballots.forEach((run, ofRun) -> ofRun.open.forEach((request, ballot) -> {
            Run known = runs.unfinished(run);
            if (!ballot.isComplete() || known == null) {
                ballot.lowerTo(unfinished);
            } else if (looksBack(known, request) && !history.isReadBefore(request)) {
                unread.add(run);
                ballot.lowerTo(unfinished);
            } else if (looksBack(known, request) && isLost(known, request)) {
                ballot.lowerTo(unfinished);
            } else {
                counted.add(request);
                judged.addAll(
                        ballot.count(known.recipe(), history, JudgeChain.of(known.recipe(), ballot.domain(), judges)));
            }
        }));
        // all of these come again, so that what is complete is counted when its history is read
        return unread.isEmpty()
                ? new Voted(counted, judged, unfinished, done, obstacle)
                : new Voted(counted, judged, unfinished, 0, Obstacle.history(unread));
    }

    private boolean isLost(Run run, RequestId request) {
        String lack = history.lack(run, request.round());
        if (lack == null) {
            lost.remove(run.run());
        } else if (!lack.equals(lost.put(run.run(), lack))) {
            LOG.atError()
                    .addKeyValue("run", run.run())
                    .addKeyValue("round", request.round())
                    .addKeyValue("reason", lack)
                    .log("the run's votes cannot be counted");
        }
        return lack != null;
    }

    private static boolean looksBack(Run run, RequestId request) {
        return run.recipe().stageOf(request.round()).reward() == RewardSource.GUARDED_VOTE;
    }
}
