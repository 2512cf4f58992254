package dev.tempo.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a checkpoint holds beside weights and optimizer: enough to publish its version again, word for word, and to find
 * every row of the round that follows.
 *
 * @param run the run it belongs to
 * @param version the policy version whose weights it holds
 * @param sha256 of that version's model.safetensors
 * @param update the update that made the version; empty for a run's first
 * @param offsets per partition of the valued trajectories, the lowest that is not part of a finished round
 * @param wallSeconds since the run began
 * @param cpuSeconds of this service's processes since the run began
 */
record Checkpoint(
        String run,
        int version,
        String sha256,
        Update update,
        Map<Integer, Long> offsets,
        double wallSeconds,
        double cpuSeconds) {
    private static final String STATISTICS = "statistics.";
    private static final String ROWS = "rows.";
    private static final String OFFSETS = "offset.";

    Checkpoint {
        offsets = Map.copyOf(offsets);
    }

    /** The notes that {@link #read} understands. Numbers are written so that the same bits are read back. */
    Map<String, String> notes() {
        Map<String, String> notes = new TreeMap<>();
        notes.put("run", run);
        notes.put("version", Integer.toString(version));
        notes.put("sha256", sha256);
        notes.put("wallSeconds", Double.toString(wallSeconds));
        notes.put("cpuSeconds", Double.toString(cpuSeconds));
        update.statistics().forEach((name, value) -> notes.put(STATISTICS + name, Double.toString(value)));
        update.rows().forEach((name, count) -> notes.put(ROWS + name, Integer.toString(count)));
        offsets.forEach((partition, offset) -> notes.put(OFFSETS + partition, Long.toString(offset)));
        return notes;
    }

    /** @throws RunStoppedException if a note is missing or is no number */
    static Checkpoint read(Map<String, String> notes) {
        try {
            Map<Integer, Long> offsets = new HashMap<>();
            under(OFFSETS, notes, Long::valueOf)
                    .forEach((partition, offset) -> offsets.put(Integer.valueOf(partition), offset));
            return new Checkpoint(
                    note("run", notes),
                    Integer.parseInt(note("version", notes)),
                    note("sha256", notes),
                    new Update(under(STATISTICS, notes, Double::valueOf), under(ROWS, notes, Integer::valueOf)),
                    offsets,
                    Double.parseDouble(note("wallSeconds", notes)),
                    Double.parseDouble(note("cpuSeconds", notes)));
        } catch (NumberFormatException e) {
            throw new RunStoppedException("a note of the policy's checkpoint is no number: " + e.getMessage(), e);
        }
    }

    private static String note(String name, Map<String, String> notes) {
        String note = notes.get(name);
        if (note == null) {
            throw new RunStoppedException("the policy's checkpoint has no note '" + name + "'");
        }
        return note;
    }

    private static <V> Map<String, V> under(String prefix, Map<String, String> notes, Function<String, V> reader) {
        Map<String, V> found = new HashMap<>();
        notes.forEach((name, note) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), reader.apply(note));
            }
        });
        return found;
    }
}
