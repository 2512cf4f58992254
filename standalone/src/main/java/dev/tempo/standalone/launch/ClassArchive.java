package dev.tempo.standalone.launch;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The classes of one class path as one JDK has them in memory (class data sharing): launcher, broker and services map them instead of
 * parsing them anew, which saves a third of the work until a first round, and share what nobody changes. It is made in the background
 * of the first run, of what that run's processes have loaded, or at the end of one that is too short, and made anew when JDK or class path have changed. Where it cannot be
 * made or used, everything runs as it does without.
 *
 * <p>The script {@code tempo}, which starts the launcher with it, says where it lies.
 */
final class ClassArchive {
    /**
     * Options that have a JVM map archives, its own and this one, where they were made for. At another address, which JVMs choose by
     * chance, every pointer in them is rewritten: 100 MB that no two processes share, and the work of it at each start.
     */
    static final List<String> AT_ONE_ADDRESS = List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0");

    private static final String NAME = "classes.jsa";
    private static final String LIST = ".lst";
    private static final List<String> IN_THE_BACKGROUND = List.of("nice", "-n", "10");
    private static final String UNFINISHED = "unfinished-";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** With the id of the launcher that makes it. */
    private static final Pattern OWNED = Pattern.compile(UNFINISHED + "(\\d{1,18})-\\d+");

    /** A class in a list that a process writes, and one in the tree that a JVM shows of its own. */
    private static final Pattern LISTED = Pattern.compile("([\\w/$]+)( id: \\d+)?");

    private static final Pattern LOADED = Pattern.compile("([\\w.$]+)/(?:null|0x[0-9a-f]+)");

    private final Path directory;
    private final String classPath;
    private final String key;
    private final boolean there;
    private boolean begun;
    private volatile boolean closed;
    private volatile @Nullable Process making;
    private volatile Future<Void> kept = CompletableFuture.completedFuture(null);

    /** @param directory where it lies or is to lie; where that cannot be written, nothing is kept */
    ClassArchive(Path directory, String classPath) {
        this.directory = directory;
        this.classPath = classPath;
        key = key(classPath);
        there = isThere();
    }

    /** That of this process's class path, at the place that the script has said; one that is never made without a script. */
    static ClassArchive here() {
        String said = System.getProperty("tempo.classes");
        String classPath = System.getProperty("java.class.path");
        return said == null ? new ClassArchive(Path.of(""), "") : new ClassArchive(Path.of(said), classPath);
    }

    /** All that makes an archive one that this JDK takes. */
    private static String key(String classPath) {
        if (classPath.isEmpty()) {
            return "";
        }
        StringBuilder all = new StringBuilder(Runtime.version() + " " + System.getProperty("java.home") + "\n");
        for (String entry : classPath.split(File.pathSeparator)) {
            File file = new File(entry);
            // the JDK takes no directories
            if (file.isDirectory()) {
                return "";
            }
            all.append(entry)
                    .append(' ')
                    .append(file.length())
                    .append(' ')
                    .append(file.lastModified())
                    .append('\n');
        }
        return DigestUtils.sha256Hex(all.toString());
    }

    /** What a process is to be started with, so that it uses the archive, or tells what it loads where there is none. */
    List<String> options(String process) {
        if (key.isEmpty()) {
            return List.of();
        }
        if (there) {
            return List.of("-XX:SharedArchiveFile=" + archive(), "-Xshare:auto", "-Xlog:cds*=off");
        }
        try {
            return List.of("-XX:DumpLoadedClassList="
                    + Files.createDirectories(directory).resolve(process + LIST));
        } catch (IOException readOnly) {
            return List.of();
        }
    }

    /** The archive, made in the background of what was loaded by now, if it is not there; the first call counts. */
    synchronized void make() {
        if (begun) {
            return;
        }
        begun = true;
        if (key.isEmpty() || there || !Files.isDirectory(directory)) {
            return;
        }
        try {
            sweep();
            start(File.separatorChar == '/' ? IN_THE_BACKGROUND : List.of());
        } catch (IOException impossible) {
            making = null;
        }
    }

    private void start(List<String> priority) throws IOException {
        Path own = Files.createTempDirectory(
                directory, UNFINISHED + ProcessHandle.current().pid() + "-");
        Path list = own.resolve("all" + LIST);
        Files.write(list, loaded());
        List<String> command = new ArrayList<>(priority);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xshare:dump",
                "-Xlog:cds*=off",
                "-XX:+UseSerialGC",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + own.resolve(NAME),
                "-cp",
                classPath));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("log").toFile())
                .start();
        making = process;
        kept = process.onExit().thenAccept(made -> keep(own, made.exitValue()));
        if (closed) {
            process.destroyForcibly();
        }
    }

    /** Deletes what launchers that were killed had begun. */
    private void sweep() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path left : files.filter(ClassArchive::isLeft).toList()) {
                FileSystemUtils.deleteRecursively(left);
            }
        }
    }

    private static boolean isLeft(Path file) {
        Matcher named = OWNED.matcher(file.getFileName().toString());
        return named.matches()
                && ProcessHandle.of(Long.parseLong(named.group(1))).isEmpty();
    }

    /**
     * Waits until what is being made is there; what takes longer than two minutes is dropped. It begins anew at ordinary priority,
     * since on a busy machine what is made in the background gets next to nothing, and each launcher would drop what it had begun.
     */
    void await(Consumer<String> told) {
        await(PATIENCE, told);
    }

    void await(Duration patience, Consumer<String> told) {
        Process process = making;
        if (process == null || !process.isAlive()) {
            return;
        }
        told.accept("keeping the loaded classes, so that the next start takes less (once, for some seconds)");
        try {
            process.destroyForcibly();
            start(List.of());
            kept.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | IOException | TimeoutException late) {
            close();
        }
    }

    /** The end of what is being made; what is not finished is dropped. */
    void close() {
        closed = true;
        Process process = making;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void keep(Path own, int status) {
        try {
            if (status == 0 && !closed) {
                Files.move(own.resolve(NAME), archive(), StandardCopyOption.ATOMIC_MOVE);
                Files.writeString(keyFile(), key);
            }
            FileSystemUtils.deleteRecursively(own);
        } catch (IOException dropped) {
            making = null;
        }
    }

    private boolean isThere() {
        try {
            return Files.exists(archive()) && Files.readString(keyFile()).equals(key);
        } catch (IOException none) {
            return false;
        }
    }

    private Path archive() {
        return directory.resolve(NAME);
    }

    private Path keyFile() {
        return directory.resolve("classes.key");
    }

    /** What any of the processes has loaded from the class path or the JDK. A line that is being written does not count. */
    private Set<String> loaded() throws IOException {
        Set<String> all = loadedHere();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(LIST))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> {
                    if (line.startsWith("@lambda-")) {
                        all.add(line);
                    } else {
                        Matcher listed = LISTED.matcher(line);
                        if (listed.matches()) {
                            all.add(listed.group(1));
                        }
                    }
                });
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        return all;
    }

    /** What this process has loaded, which could not be told to list it; empty where the JDK has no such command. */
    private static Set<String> loadedHere() {
        Set<String> names = new LinkedHashSet<>();
        try {
            Object tree = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmClassHierarchy",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            LOADED.matcher(String.valueOf(tree))
                    .results()
                    .forEach(name -> names.add(name.group(1).replace('.', '/')));
        } catch (JMException without) {
            names.clear();
        }
        return names;
    }
}
