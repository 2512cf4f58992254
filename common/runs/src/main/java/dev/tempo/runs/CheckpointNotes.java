package dev.tempo.runs;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The notes of a checkpoint: what it holds as text beside weights and optimizer state. Numbers are written by {@code
 * toString}, so that the same bits are read back.
 */
public final class CheckpointNotes {
    private static final String OFFSETS = "offset.";
    private static final String TOKEN = "token";

    private final String model;
    private final Map<String, String> notes;

    /**
     * Makes the notes of a checkpoint that has been read.
     *
     * @param model what the checkpoint is of, {@code policy} or {@code critic}, for messages
     * @param notes texts by name
     */
    public CheckpointNotes(String model, Map<String, String> notes) {
        this.model = model;
        this.notes = Map.copyOf(notes);
    }

    /** Adds offsets per partition to notes that are to be written; {@link #offsets} reads them. */
    public static void addOffsets(Map<String, String> notes, Map<Integer, Long> offsets) {
        offsets.forEach((partition, offset) -> notes.put(OFFSETS + partition, Long.toString(offset)));
    }

    /** Adds the token of the trainer that writes the checkpoint, for people who ask whose it is. */
    public static void addToken(Map<String, String> notes, long token) {
        notes.put(TOKEN, Long.toString(token));
    }

    /**
     * The text of a note.
     *
     * @throws RunStoppedException naming the note if there is none of that name
     */
    public String text(String name) {
        String note = notes.get(name);
        if (note == null) {
            throw new RunStoppedException("the " + model + "'s checkpoint has no note '" + name
                    + "'; it was not written by this version of " + model + "-service");
        }
        return note;
    }

    /** The text of a note; null if there is none of that name. */
    public @Nullable String textOrNull(String name) {
        return notes.get(name);
    }

    /**
     * The whole number in a note.
     *
     * @throws RunStoppedException naming the note if it is missing or no whole number
     */
    public int whole(String name) {
        return read(name, text(name), Integer::valueOf);
    }

    /**
     * The whole number in a note; null if there is none of that name.
     *
     * @throws RunStoppedException naming the note if it is no whole number
     */
    public @Nullable Integer wholeOrNull(String name) {
        String note = notes.get(name);
        return note == null ? null : read(name, note, Integer::valueOf);
    }

    /**
     * The number in a note.
     *
     * @throws RunStoppedException naming the note if it is missing or no number
     */
    public double number(String name) {
        return read(name, text(name), Double::valueOf);
    }

    /**
     * The flag in a note.
     *
     * @throws RunStoppedException naming the note if it is missing
     */
    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    /**
     * The notes whose names begin with a prefix, by the rest of their names.
     *
     * @param reader makes a value of a note's text
     */
    public <V> Map<String, V> under(String prefix, Function<String, V> reader) {
        Map<String, V> found = new TreeMap<>();
        notes.forEach((name, note) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), read(name, note, reader));
            }
        });
        return found;
    }

    /** The lowest offset per partition that is not part of finished work. */
    public Map<Integer, Long> offsets() {
        Map<Integer, Long> offsets = new HashMap<>();
        under(OFFSETS, Long::valueOf)
                .forEach((partition, offset) -> offsets.put(read(OFFSETS, partition, Integer::valueOf), offset));
        return offsets;
    }

    private <V> V read(String name, String note, Function<String, V> reader) {
        try {
            return reader.apply(note);
        } catch (NumberFormatException damaged) {
            throw new RunStoppedException(
                    "note '" + name + "' of the " + model + "'s checkpoint is no number: " + note, damaged);
        }
    }
}
