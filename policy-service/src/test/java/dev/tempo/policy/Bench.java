package dev.tempo.policy;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.policy.arrival.Arrival;
import dev.tempo.runs.RunBoard;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A topic of one partition, as a list, and a trainer that reads it. Killing drops all that is not on disk: closing
 * writes nothing, it only frees the memory that the system would free.
 */
final class Bench implements AutoCloseable {
    final List<ValuedTrajectory> topic = new ArrayList<>();
    final List<ArrivingQuestion> questions = new ArrayList<>();
    final List<TrialVerdict> verdicts = new ArrayList<>();
    final List<PolicyVersion> published = new ArrayList<>();
    final Map<String, Run> submitted = new HashMap<>();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    RunBoard board = board();
    private TrainingRuns runs = new TrainingRuns(board, new PolicyMetrics(meters, board));
    private String log = "first";
    private long position;

    /** A service that starts with these runs on the {@code runs} topic. */
    Bench start(Run... present) {
        for (Run run : present) {
            submitted.put(run.run(), run);
        }
        meters = new SimpleMeterRegistry();
        board = board();
        runs = new TrainingRuns(board, new PolicyMetrics(meters, board));
        position = topic.size();
        runs.readsFrom(log);
        carryOut(runs.assigned(1, positions()));
        submitted.values().forEach(run -> carryOut(runs.submitted(run, positions())));
        carryOut(runs.historyRead(positions()));
        carryOut(runs.arrivingFrom(log));
        for (int offset = 0; offset < questions.size(); offset++) {
            carryOut(runs.arrived(Arrival.of(questions.get(offset), offset)));
        }
        carryOut(runs.arrivalsRead());
        verdicts.forEach(verdict -> carryOut(runs.concluded(verdict)));
        return this;
    }

    void kill() {
        runs.revoked();
    }

    /** The broker loses everything and begins another log; what was published stays here to be looked at. */
    void loseLog(String next) {
        topic.clear();
        log = next;
    }

    void submit(Run run) {
        submitted.put(run.run(), run);
        carryOut(runs.submitted(run, positions()));
    }

    void tick() {
        carryOut(runs.tick(positions()));
    }

    /** A version's trial is over. */
    Bench conclude(Run run, int version, PromotionOutcome outcome) {
        carryOut(runs.concluded(verdict(run, version, outcome, false)));
        return this;
    }

    /** The operator has a version promoted. */
    Bench wish(Run run, int version) {
        carryOut(runs.concluded(verdict(run, version, PromotionOutcome.PROMOTED, true)));
        return this;
    }

    /** A version's trial is over; what is to be published then is lost. */
    void concludeAndLosePublication(Run run, int version, PromotionOutcome outcome) {
        runs.concluded(verdict(run, version, outcome, false));
    }

    private TrialVerdict verdict(Run run, int version, PromotionOutcome outcome, boolean wished) {
        int number = (int) verdicts.stream()
                .filter(before -> before.run().equals(run.run()))
                .count();
        TrialVerdict verdict = new TrialVerdict(run.run(), number, version, outcome, wished);
        verdicts.add(verdict);
        return verdict;
    }

    Bench ask(String id, String text) {
        return arrive(new ArrivingQuestion(id, text, null, null));
    }

    Bench delete(String id) {
        return arrive(ArrivingQuestion.deleted(id));
    }

    private Bench arrive(ArrivingQuestion question) {
        questions.add(question);
        carryOut(runs.arrived(Arrival.of(question, questions.size() - 1)));
        return this;
    }

    Bench write(List<ValuedTrajectory> rows) {
        topic.addAll(rows);
        return this;
    }

    /** Delivers all that is there. */
    Bench deliver() {
        while (position < topic.size()) {
            carryOut(next());
        }
        return this;
    }

    /** Delivers up to and without the given offset. */
    Bench deliverUntil(long offset) {
        while (position < offset) {
            carryOut(next());
        }
        return this;
    }

    /** Delivers the next row; what is to be published is lost. */
    void deliverAndLosePublication() {
        next();
    }

    PolicyVersion latest() {
        return published.get(published.size() - 1);
    }

    List<Integer> versions() {
        return published.stream().map(PolicyVersion::version).toList();
    }

    /** The SHA-256 of every version, by number; a version published twice must be the same both times. */
    Map<Integer, String> weights() {
        Map<Integer, String> weights = new HashMap<>();
        for (PolicyVersion version : published) {
            String before = weights.put(version.version(), version.model().sha256());
            if (before != null && !before.equals(version.model().sha256())) {
                throw new AssertionError("version " + version.version() + " was published with two contents");
            }
        }
        return weights;
    }

    private Reaction next() {
        ValuedTrajectory row = topic.get((int) position);
        long offset = position++;
        return runs.valued(row, 0, offset);
    }

    private void carryOut(Reaction reaction) {
        published.addAll(reaction.publish());
        position = Math.min(position, reaction.readAgainFrom().getOrDefault(0, position));
    }

    private Map<Integer, Long> positions() {
        return Map.of(0, position);
    }

    private static RunBoard board() {
        return new RunBoard(Duration.ofMinutes(5), InstantSource.system());
    }

    @Override
    public void close() {
        kill();
    }
}
