package dev.tempo.runs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The messages that announced a run's versions or measurements, kept beside the run by the service that wrote them: should the broker
 * lose them, they are announced again. A line holds a version's number, the SHA-256 of its message and the message; of several lines
 * for a version the last counts. One process at a time writes; one that was frozen meanwhile adds a line that says the same.
 */
public final class Announcements {
    private final HashedLines lines;

    Announcements(Path file) {
        lines = new HashedLines(file);
    }

    /**
     * Adds a message for an owner, by writing the whole file anew: one that was frozen and has a successor adds nothing.
     *
     * @throws dev.tempo.contract.FencedException if another one has taken the files over
     */
    void add(Ownership owner, int version, byte[] message) {
        lines.add(owner, line(version, message));
    }

    /** Adds a message, which has no line break. When this returns it outlives a crash of the machine. */
    public void add(int version, byte[] message) {
        lines.add(List.of(line(version, message)));
    }

    private static HashedLines.Line line(int version, byte[] message) {
        return new HashedLines.Line(version, new String(message, StandardCharsets.UTF_8));
    }

    /** The messages by version. What is torn or damaged is left out. */
    public NavigableMap<Integer, byte[]> all() {
        NavigableMap<Integer, byte[]> messages = new TreeMap<>();
        lines.all().forEach(line -> messages.put(line.number(), line.message().getBytes(StandardCharsets.UTF_8)));
        return messages;
    }

    /**
     * The messages of the versions from {@code first} to before {@code end}, in order, for a broker that has lost them.
     *
     * @throws RunStoppedException naming file and version if one is not there
     */
    public NavigableMap<Integer, byte[]> between(int first, int end) {
        NavigableMap<Integer, byte[]> messages = all();
        Path file = lines.file();
        for (int version = first; version < end; version++) {
            if (!messages.containsKey(version)) {
                throw new RunStoppedException("the broker has lost what was announced of the run, and " + file
                        + " does not hold version " + version
                        + " to announce it again; put the file back from a copy, or"
                        + " compute the run anew by ./tempo run "
                        + new RunDirectory(file.resolveSibling("").resolveSibling("")).recipe());
            }
        }
        return new TreeMap<>(messages.subMap(first, end));
    }
}
