package dev.tempo.standalone.command;

import dev.tempo.contract.UserException;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.FileTrouble;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tempo logs}: the end of a service's log. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {"Prints the end of a service's log.", "Without a service it lists the logs that the run has.", ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The log is printed.",
            "1:There is no such run or log.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo logs",
            "  ./tempo logs policy-service -f",
            "  ./tempo logs launcher quickstart-s0-1121-141831 --lines 500"
        })
public final class LogsCommand implements Callable<Integer> {
    private static final String ENDING = ".log";
    private static final long LOOK_MILLIS = 200;
    private static final int BLOCK = 8192;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "Whose log: policy-service or policy, likewise the others; kafka; launcher.")
    private @Nullable String service;

    @Parameters(index = "1", arity = "0..1", paramLabel = "RUN", description = "The id of a run (default: the newest).")
    private @Nullable String run;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing what is added, as long as the run is at work.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Mixin
    private final Place place = new Place();

    @Override
    public Integer call() throws InterruptedException {
        if (lines < 0) {
            throw new UserException("--lines must be 0 or more but is " + lines);
        }
        Workspace workspace = place.workspace();
        String id = run == null ? newest(workspace) : run;
        Path logs = new RunDirectory(workspace.known(id)).logs();
        List<String> names = names(logs);
        if (service == null) {
            names.forEach(System.out::println);
            return 0;
        }
        String wanted = names.contains(service) ? service : service + "-service";
        if (!names.contains(wanted)) {
            throw new UserException("run " + id + " has no log of '" + service + "'"
                    + (names.isEmpty() ? "" : "; it has " + String.join(", ", names)));
        }
        print(workspace, id, logs.resolve(wanted + ENDING));
        return 0;
    }

    private static String newest(Workspace workspace) {
        return workspace
                .newest()
                .orElseThrow(() -> new UserException(
                        "no run yet in " + workspace.root().resolve("runs") + "; begin one by ./tempo run"));
    }

    private static List<String> names(Path logs) {
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(logs)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UserException(logs + " cannot be read: " + FileTrouble.words(unreadable));
        }
    }

    private void print(Workspace workspace, String id, Path log) throws InterruptedException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(startOfLast(file));
            boolean more = follow;
            do {
                more = more && workspace.runAtWork().filter(id::equals).isPresent();
                copy(file);
                if (more) {
                    Thread.sleep(LOOK_MILLIS);
                }
            } while (more);
        } catch (IOException unreadable) {
            throw new UserException(log + " cannot be read: " + FileTrouble.words(unreadable));
        }
    }

    /** Where the last lines begin, looked for from the end: a log may be long. */
    private long startOfLast(RandomAccessFile file) throws IOException {
        byte[] block = new byte[BLOCK];
        long end = file.length();
        int ends = 0;
        for (long from = end; from > 0; ) {
            int length = (int) Math.min(BLOCK, from);
            from -= length;
            file.seek(from);
            file.readFully(block, 0, length);
            for (int at = length - 1; at >= 0; at--) {
                boolean closesTheFile = from + at == end - 1;
                if (block[at] == '\n' && !closesTheFile && ++ends == lines) {
                    return from + at + 1;
                }
            }
        }
        return lines == 0 ? end : 0;
    }

    private static void copy(RandomAccessFile file) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int read = file.read(block); read > 0; read = file.read(block)) {
            System.out.write(block, 0, read);
        }
        System.out.flush();
    }
}
