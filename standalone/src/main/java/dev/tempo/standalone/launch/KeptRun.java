package dev.tempo.standalone.launch;

import dev.tempo.contract.Run;
import dev.tempo.contract.UserException;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A run as its files in the workspace show it.
 *
 * @param submission what was submitted; null where that cannot be read
 * @param newest number of the newest policy version that is kept
 * @param begun when it was submitted
 * @param bytes size of its directory
 */
public record KeptRun(String id, State state, @Nullable Run submission, int newest, Instant begun, long bytes) {

    /** What can be done with a run. */
    public enum State {
        /** A launcher has it at work. */
        RUNNING("running"),
        /** It can be resumed. */
        STOPPED("stopped"),
        /** Its report is written. */
        FINISHED("finished"),
        /** Its operator has given it up, for good. */
        CANCELLED("cancelled"),
        /** Services elsewhere have it: its broker knows how far it is. */
        SUBMITTED("submitted"),
        /** Another version of this program wrote its records, and only that one goes on with it. */
        OTHER_FORMAT("other format"),
        /** A file that resuming needs cannot be read. */
        DAMAGED("damaged");

        private final String words;

        State(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** The run with an id that the workspace knows. */
    public static KeptRun of(Workspace workspace, String id) {
        Path directory = workspace.known(id);
        RunDirectory files = new RunDirectory(directory);
        Run submission = submission(directory);
        int first = submission == null ? 0 : submission.firstVersion();
        var versions = files.policy().versions();
        boolean running = workspace.runAtWork().filter(id::equals).isPresent();
        try {
            return new KeptRun(
                    id,
                    running ? State.RUNNING : stateAtRest(directory, submission),
                    submission,
                    versions.isEmpty() ? first : Math.max(first, versions.lastKey()),
                    Files.getLastModifiedTime(files.submission()).toInstant(),
                    size(directory));
        } catch (IOException unreadable) {
            throw new UserException(directory + " cannot be read: " + FileTrouble.words(unreadable));
        }
    }

    /** A run as the object that is printed of it. */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run", id);
        fields.put("recipe", submission == null ? null : submission.recipe().name());
        fields.put("seed", submission == null ? null : submission.recipe().seed());
        fields.put("state", state.toString());
        fields.put("version", newest);
        fields.put(
                "rounds",
                submission == null || submission.recipe().unbounded()
                        ? null
                        : submission.recipe().rounds());
        fields.put("begun", begun.toString());
        fields.put("bytes", bytes);
        return fields;
    }

    private static @Nullable Run submission(Path directory) {
        try {
            return RunRecord.read(directory);
        } catch (UserException damaged) {
            return null;
        }
    }

    private static State stateAtRest(Path directory, @Nullable Run submission) {
        if (submission == null) {
            return State.DAMAGED;
        }
        if (ReportWriter.isFinished(directory)) {
            return State.FINISHED;
        }
        if (new RunDirectory(directory).isCancelled()) {
            return State.CANCELLED;
        }
        if (RunRecord.isElsewhere(directory)) {
            return State.SUBMITTED;
        }
        try {
            return RunRecord.anySettings(directory).isOfThisFormat() ? State.STOPPED : State.OTHER_FORMAT;
        } catch (UserException damaged) {
            return State.DAMAGED;
        }
    }

    /** The bytes in a directory's files; what disappears meanwhile, as a run at work prunes versions, counts nothing. */
    public static long size(Path directory) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw new UncheckedIOException(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }
}
