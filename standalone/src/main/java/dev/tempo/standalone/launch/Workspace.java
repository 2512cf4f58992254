package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import dev.tempo.recipes.naming.NearestNames;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The directory in which runs, the broker's log and cached stages are kept; one launcher at a time works in it. */
public record Workspace(Path root) {

    private static final int SHOWN = 5;

    /** Longer than a process may take from the end of its launcher to its own. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    public Workspace {
        root = root.toAbsolutePath().normalize();
    }

    public Path run(String id) {
        return root.resolve("runs").resolve(id);
    }

    /** The broker's log, one for each format of records: an earlier version can go on with what it wrote. */
    public Path broker() {
        return hidden().resolve("kafka-" + LaunchSettings.FORMAT);
    }

    /** The questions of benchmarks as {@code ./tempo eval} has made them of published files, each file named by its content. */
    public Path benchmarks() {
        return hidden().resolve("benchmarks");
    }

    /** Recipes that vary a world's, and their data files. */
    public Path ablations() {
        return hidden().resolve("ablations");
    }

    /** Recipes and labels of demonstrations that differ from what they were told to show. */
    public Path demonstrations() {
        return hidden().resolve("demonstrations");
    }

    /** The temporary files of a process that the launcher starts. */
    Path temporary(String process) {
        return hidden().resolve("tmp").resolve(process);
    }

    public Path stageCache() {
        return hidden().resolve("stages");
    }

    /** Ids of the runs kept here, in order of their names: directories with a run's submission in them. */
    public List<String> runs() {
        Path runs = root.resolve("runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> directories = Files.list(runs)) {
            return directories
                    .filter(directory -> Files.isRegularFile(new RunDirectory(directory).submission()))
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(runs + " cannot be read", unreadable);
        }
    }

    /**
     * The directory of a run that is there.
     *
     * @throws UserException naming the runs whose ids are near, or the latest
     */
    public Path known(String id) {
        List<String> runs = runs();
        if (runs.contains(id)) {
            return run(id);
        }
        List<String> near = NearestNames.to(id, runs, SHOWN);
        String hint;
        if (runs.isEmpty()) {
            hint = "there is no run yet";
        } else if (near.isEmpty()) {
            hint = "the latest are " + String.join(", ", latest());
        } else {
            hint = "did you mean " + String.join(" or ", near) + "?";
        }
        throw new UserException("no run '" + id + "' in " + root.resolve("runs") + "; " + hint);
    }

    /**
     * The id by which a run begins that would have this one: a number is added where a run of that id was removed, since the broker may
     * still hold records of it, which would be taken for the new one's.
     */
    public String unspent(String id) {
        Set<String> spent = spent();
        String unspent = id;
        for (int number = 2; spent.contains(unspent); number++) {
            unspent = id + "-" + number;
        }
        return unspent;
    }

    /** Notes that no run begins by these ids any more, as long as the broker's log is there. */
    public void spend(Collection<String> ids) throws IOException {
        Files.createDirectories(hidden());
        Files.writeString(
                spentIds(),
                ids.stream().map(id -> id + "\n").collect(Collectors.joining()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Lets all ids be had again, after the broker's whole log has gone. */
    public void spendNone() throws IOException {
        Files.deleteIfExists(spentIds());
    }

    private Set<String> spent() {
        try {
            return Files.exists(spentIds()) ? Set.copyOf(Files.readAllLines(spentIds())) : Set.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(spentIds() + " cannot be read", unreadable);
        }
    }

    private Path spentIds() {
        return hidden().resolve("removed-runs");
    }

    /** The id of the run that was submitted last; empty where there is none. */
    public Optional<String> newest() {
        return runs().stream()
                .max(Comparator.comparing(
                        id -> new RunDirectory(run(id)).submission().toFile().lastModified()));
    }

    private List<String> latest() {
        return runs().stream()
                .sorted(Comparator.comparing((String run) -> run(run).toFile().lastModified())
                        .reversed())
                .limit(SHOWN)
                .toList();
    }

    /**
     * The lock that keeps other launchers out until it is closed; taking it sees to it that nothing is left of an
     * earlier one.
     *
     * @param work this process's, in a few words
     * @param notices told when something has to be waited for
     * @throws UserException if another launcher works here
     */
    public WorkspaceLock lock(String work, Consumer<String> notices) {
        return WorkspaceLock.take(this, work, notices);
    }

    /** The run that a launcher has at work here now. */
    public Optional<String> runAtWork() {
        return WorkspaceLock.runAtWork(this);
    }

    /** The ports of the system that a launcher has at work here now, whatever it was told by. */
    public Optional<Ports> portsAtWork() {
        return WorkspaceLock.portsAtWork(this);
    }

    /** The processes that a launcher started here and that are alive, by name: {@code kafka}, {@code policy-service} and so on. */
    public Map<String, ProcessHandle> livingProcesses() {
        return processes().living();
    }

    /** The processes that a launcher started here. */
    StartedProcesses processes() {
        return new StartedProcesses(hidden().resolve("processes"), PATIENCE);
    }

    Path hidden() {
        return root.resolve(".tempo");
    }
}
