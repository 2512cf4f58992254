package dev.tempo.critic;

import dev.tempo.contract.ModelReference;
import dev.tempo.runs.CheckpointNotes;
import dev.tempo.runs.LogPosition;
import dev.tempo.runs.RunStoppedException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run's critic: the contents of its checkpoint beside weights and optimizer.
 *
 * @param round the round to be done next
 * @param batches of the round learned from: warm-up, then E-steps that another one follows
 * @param fitted whether the round's critic version is made, and only to be published
 * @param answersPublished whether judges have the run's reference answers
 * @param model the newest version's file; null before the first
 * @param changed whether the weights have learned since that file was written
 * @param statistics of the fit that made the weights, until they are published with a version
 * @param offsets per partition, the lowest that is not part of a finished batch
 * @param log the id of the topic that the offsets are of; null in checkpoints from before it was noted
 * @param wallSeconds spent on the run by this service
 * @param cpuSeconds spent by this service's process meanwhile
 */
record Progress(
        int round,
        int batches,
        boolean fitted,
        boolean answersPublished,
        @Nullable ModelReference model,
        boolean changed,
        Map<String, Double> statistics,
        Map<Integer, Long> offsets,
        @Nullable String log,
        double wallSeconds,
        double cpuSeconds) {
    private static final String STATISTIC = "statistic.";

    Progress {
        statistics = Map.copyOf(statistics);
        offsets = Map.copyOf(offsets);
    }

    static Progress atStart(int round, LogPosition end) {
        return new Progress(round, 0, false, false, null, true, Map.of(), end.next(), end.log(), 0, 0);
    }

    /** The same where nothing of its topic has been read, and judges have no answers. */
    Progress onAnotherLog(LogPosition end) {
        return new Progress(
                round,
                batches,
                fitted,
                false,
                model,
                changed,
                statistics,
                end.beginning(),
                end.log(),
                wallSeconds,
                cpuSeconds);
    }

    /** The last round that the critic has learned from; negative before the first. */
    int learned() {
        return fitted ? round : round - 1;
    }

    /** @param token of the trainer that writes them */
    Map<String, String> notes(long token) {
        Map<String, String> notes = new TreeMap<>();
        CheckpointNotes.addToken(notes, token);
        notes.put("round", Integer.toString(round));
        notes.put("warmUpSteps", Integer.toString(batches));
        notes.put("fitted", Boolean.toString(fitted));
        notes.put("answersPublished", Boolean.toString(answersPublished));
        notes.put("changed", Boolean.toString(changed));
        notes.put("wallSeconds", Double.toString(wallSeconds));
        notes.put("cpuSeconds", Double.toString(cpuSeconds));
        if (model != null) {
            notes.put("model.uri", model.uri());
            notes.put("model.sha256", model.sha256());
        }
        statistics.forEach((name, number) -> notes.put(STATISTIC + name, Double.toString(number)));
        CheckpointNotes.addOffsets(notes, offsets);
        if (log != null) {
            notes.put("log", log);
        }
        return notes;
    }

    /** @throws RunStoppedException naming the note that is missing or no number */
    static Progress of(Map<String, String> written) {
        CheckpointNotes notes = new CheckpointNotes("critic", written);
        return new Progress(
                notes.whole("round"),
                notes.whole("warmUpSteps"),
                notes.flag("fitted"),
                notes.flag("answersPublished"),
                notes.textOrNull("model.uri") == null
                        ? null
                        : new ModelReference(notes.text("model.uri"), notes.text("model.sha256")),
                notes.flag("changed"),
                notes.under(STATISTIC, Double::valueOf),
                notes.offsets(),
                notes.textOrNull("log"),
                notes.number("wallSeconds"),
                notes.number("cpuSeconds"));
    }
}
