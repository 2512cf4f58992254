package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import dev.tempo.runs.ExclusiveLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A workspace taken by this process. Others are kept out until it is closed, and learn who is at work. */
public final class WorkspaceLock implements AutoCloseable {
    private static final Pattern SAID =
            Pattern.compile("process (\\d{1,18}), run ([^\\s,]+)(?:, port base (\\d{1,5}))?\\)$");

    private final Path words;
    private final ExclusiveLock lock;

    private WorkspaceLock(Path words, ExclusiveLock lock) {
        this.words = words;
        this.lock = lock;
    }

    /**
     * The lock of a workspace, taken once nothing is left of an earlier launcher that was killed.
     *
     * @param work this process's, in a few words
     * @param notices told when something has to be waited for
     * @throws UserException if another launcher works here
     */
    static WorkspaceLock take(Workspace workspace, String work, Consumer<String> notices) {
        Path file = workspace.hidden().resolve("lock");
        Path words = words(workspace);
        try {
            Files.createDirectories(file.getParent());
            ExclusiveLock lock = ExclusiveLock.take(file)
                    .orElseThrow(() -> new UserException("another tempo is at work in " + workspace.root() + said(words)
                            + "; wait for it, or give this one its own --workspace and --port-base"));
            WorkspaceLock taken = new WorkspaceLock(words, lock);
            try {
                taken.say(work);
                workspace.processes().awaitEnd(notices);
                refuseForeignBroker(workspace.broker());
            } catch (UserException refused) {
                taken.close();
                throw refused;
            }
            return taken;
        } catch (IOException unwritable) {
            throw new UserException(
                    "the workspace " + workspace.root() + " cannot be used: " + FileTrouble.words(unwritable));
        }
    }

    /**
     * Whether a launcher works in the workspace.
     *
     * @throws UserException if the workspace cannot be used
     */
    static boolean isTaken(Workspace workspace) {
        Path file = workspace.hidden().resolve("lock");
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Optional<ExclusiveLock> free = ExclusiveLock.take(file);
            free.ifPresent(ExclusiveLock::close);
            return free.isEmpty();
        } catch (IOException unusable) {
            throw new UserException(
                    "the workspace " + workspace.root() + " cannot be used: " + FileTrouble.words(unusable));
        }
    }

    private static Path words(Workspace workspace) {
        return workspace.hidden().resolve("at-work");
    }

    /**
     * The run that a living launcher has at work. The lock itself is not tried, for whoever holds it a moment keeps a
     * launcher out; the words of one that was killed name a process that is gone.
     */
    static Optional<String> runAtWork(Workspace workspace) {
        return atWork(workspace).map(said -> said.group(2));
    }

    /** The ports of the system that a living launcher has at work. */
    static Optional<Ports> portsAtWork(Workspace workspace) {
        return atWork(workspace).map(said -> said.group(3)).map(base -> new Ports(Integer.parseInt(base)));
    }

    private static Optional<Matcher> atWork(Workspace workspace) {
        Matcher said = SAID.matcher(said(words(workspace)));
        return said.find()
                        && ProcessHandle.of(Long.parseLong(said.group(1)))
                                .filter(ProcessHandle::isAlive)
                                .isPresent()
                ? Optional.of(said)
                : Optional.empty();
    }

    /** The work of this process, in words for others who want the workspace. */
    void say(String work) {
        try {
            Files.writeString(words, "process " + ProcessHandle.current().pid() + ", " + work);
        } catch (IOException unwritable) {
            throw new UserException(words + " cannot be written: " + FileTrouble.words(unwritable));
        }
    }

    private static String said(Path words) {
        try {
            return " (" + Files.readString(words).strip() + ")";
        } catch (IOException unsaid) {
            return "";
        }
    }

    /** A broker that no launcher noted down, started by hand perhaps: two would spoil each other's log. */
    private static void refuseForeignBroker(Path directory) throws IOException {
        Path file = directory.resolve(".lock");
        if (!Files.exists(file)) {
            return;
        }
        ExclusiveLock.take(file)
                .orElseThrow(() -> new UserException("a Kafka broker that no tempo started is using " + directory
                        + "; stop it, or give this one its own --workspace"))
                .close();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(words);
            lock.close();
        } catch (IOException unreleased) {
            throw new UncheckedIOException("the lock of " + words.getParent() + " cannot be released", unreleased);
        }
    }
}
