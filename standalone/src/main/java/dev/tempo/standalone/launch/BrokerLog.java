package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import dev.tempo.model.files.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The directory in which a workspace's broker keeps its log. Kafka leaves it to the operating system when a record reaches the disk,
 * so that a machine that goes down takes an end of each partition with it, of each another one. Such a log is not gone on with: it is
 * set aside, and services make again on a new one what their runs still need.
 */
final class BrokerLog {
    /** What the operating system of Linux calls its present start; each has another. */
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private static final String UNTRUSTED = "untrusted";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final Path directory;
    private final Path boot;
    private volatile boolean seen;

    BrokerLog(Workspace workspace) {
        directory = workspace.broker();
        boot = boot(directory);
    }

    /**
     * Sets aside a log of which the machine may have taken an end with it.
     *
     * @param needed whether runs are kept that may need it
     * @param notices told what was done
     */
    void trustOrSetAside(boolean needed, Consumer<String> notices) {
        if (!Files.exists(identity())) {
            if (Files.exists(boot) && needed) {
                notices.accept("the broker's log " + directory
                        + " is gone; what runs still need of it is made again when they are resumed");
            }
        } else if (!isTrusted()) {
            Path aside = directory.resolveSibling(directory.getFileName() + "-before-"
                    + LocalDateTime.now(ZoneId.systemDefault()).format(TIME));
            try {
                Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException unmovable) {
                throw new UserException(directory + " cannot be set aside: " + FileTrouble.words(unmovable));
            }
            notices.accept(
                    "the machine went down while the broker was at work, and what it had not written is lost; its"
                            + " log is set aside as " + aside + ", and what runs still need of it is made again");
        }
        String now = presentBoot();
        DurableFile.write(boot, (now == null ? "" : now).getBytes(StandardCharsets.UTF_8));
    }

    /** Remembers, for a broker that only serves a command, that the next run is not to go on with this log. */
    void remember() {
        if (Files.exists(identity()) && !isTrusted()) {
            DurableFile.write(boot, UNTRUSTED.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Path boot(Path directory) {
        return directory.resolveSibling(directory.getFileName() + ".boot");
    }

    /** Makes the directory, into which a broker that finds it empty puts a new log. */
    void create() {
        try {
            Files.createDirectories(directory);
        } catch (IOException unwritable) {
            throw new UserException("the broker's log cannot be made: " + FileTrouble.words(unwritable));
        }
    }

    /** The words for a log that was deleted while its broker was at work; null while it is there. */
    @Nullable
    String loss() {
        boolean formatted = Files.exists(identity());
        boolean gone = seen ? !formatted : !Files.isDirectory(directory);
        seen |= formatted;
        return gone
                ? "the broker's log " + directory
                        + " was deleted while the broker was at work; what the run still needs of it is made again when it"
                        + " is resumed"
                : null;
    }

    private boolean isTrusted() {
        String written = written();
        return written == null
                || !written.equals(UNTRUSTED)
                        && (Files.exists(directory.resolve(".kafka_cleanshutdown"))
                                || presentBoot() == null
                                || written.equals(presentBoot()));
    }

    private Path identity() {
        return directory.resolve("meta.properties");
    }

    /** Null where no run has been at work since this is noted. */
    private @Nullable String written() {
        try {
            return Files.exists(boot) ? Files.readString(boot).strip() : null;
        } catch (IOException unreadable) {
            return UNTRUSTED;
        }
    }

    /** Null where the operating system does not tell. */
    private static @Nullable String presentBoot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException untold) {
            return null;
        }
    }
}
