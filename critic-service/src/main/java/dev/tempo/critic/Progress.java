package dev.tempo.critic;

import dev.tempo.contract.ModelReference;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a run's critic is: what its checkpoint holds beside weights and optimizer.
 *
 * @param round the round to be done next
 * @param warmUpSteps warm-up batches learned from
 * @param fitted whether the round's critic version is made, and only to be published
 * @param answersPublished whether judges have the run's reference answers
 * @param model the newest version's file; null before the first
 * @param changed whether the weights have learned since that file was written
 * @param statistics of the fit that made the weights, until they are published with a version
 * @param offsets per partition, the lowest that is not part of a finished batch
 * @param wallSeconds spent on the run by this service
 * @param cpuSeconds spent by this service's process meanwhile
 */
record Progress(
        int round,
        int warmUpSteps,
        boolean fitted,
        boolean answersPublished,
        @Nullable ModelReference model,
        boolean changed,
        Map<String, Double> statistics,
        Map<Integer, Long> offsets,
        double wallSeconds,
        double cpuSeconds) {
    private static final String STATISTIC = "statistic.";
    private static final String OFFSET = "offset.";

    Progress {
        statistics = Map.copyOf(statistics);
        offsets = Map.copyOf(offsets);
    }

    static Progress atStart(int round, Map<Integer, Long> offsets) {
        return new Progress(round, 0, false, false, null, true, Map.of(), offsets, 0, 0);
    }

    Map<String, String> notes() {
        Map<String, String> notes = new TreeMap<>();
        notes.put("round", Integer.toString(round));
        notes.put("warmUpSteps", Integer.toString(warmUpSteps));
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
        offsets.forEach((partition, offset) -> notes.put(OFFSET + partition, Long.toString(offset)));
        return notes;
    }

    /** @throws IllegalArgumentException naming the note that is missing or no number */
    static Progress of(Map<String, String> notes) {
        Map<String, Double> statistics = new TreeMap<>();
        Map<Integer, Long> offsets = new TreeMap<>();
        notes.forEach((name, note) -> {
            if (name.startsWith(STATISTIC)) {
                statistics.put(name.substring(STATISTIC.length()), Double.valueOf(note));
            } else if (name.startsWith(OFFSET)) {
                offsets.put(Integer.valueOf(name.substring(OFFSET.length())), Long.valueOf(note));
            }
        });
        return new Progress(
                Integer.parseInt(note(notes, "round")),
                Integer.parseInt(note(notes, "warmUpSteps")),
                Boolean.parseBoolean(note(notes, "fitted")),
                Boolean.parseBoolean(note(notes, "answersPublished")),
                notes.containsKey("model.uri")
                        ? new ModelReference(note(notes, "model.uri"), note(notes, "model.sha256"))
                        : null,
                Boolean.parseBoolean(note(notes, "changed")),
                statistics,
                offsets,
                Double.parseDouble(note(notes, "wallSeconds")),
                Double.parseDouble(note(notes, "cpuSeconds")));
    }

    private static String note(Map<String, String> notes, String name) {
        String note = notes.get(name);
        if (note == null) {
            throw new IllegalArgumentException("the critic's checkpoint has no '" + name + "'; it was not written by"
                    + " this version of critic-service");
        }
        return note;
    }
}
