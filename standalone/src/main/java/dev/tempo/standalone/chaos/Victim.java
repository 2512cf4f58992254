package dev.tempo.standalone.chaos;

import dev.tempo.contract.Topic;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.Fingerprint;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Service;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run that faults strike: its workspace, its processes, and the command that is to see it through. What it starts is gone
 * when it is closed.
 */
final class Victim implements AutoCloseable {
    static final String BROKER = "kafka";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final double BRIEFLY = 0.005;
    private static final double PATIENCE_WITH_A_START = 30;
    private static final double PATIENCE_WITH_A_STOP = 30;

    private final Path root;
    private final Workspace workspace;
    private final Ports ports;
    private final Recipe recipe;
    private final Path recipeFile;
    private final Duration longestFreeze;
    private final RandomGenerator modes;
    private final @Nullable SmallDisk diskOfRuns;
    private final @Nullable SmallDisk diskOfBroker;
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "chaos-later");
        thread.setDaemon(true);
        return thread;
    });
    private final List<ProcessHandle> frozen = new ArrayList<>();
    private final Set<String> harmed = new HashSet<>();
    private final Map<String, ObjectNode> samples = new HashMap<>();
    private @Nullable TempoChild child;
    private @Nullable String run;
    private int children;
    private int version = -1;
    private Instant newestVersionAt = Instant.MAX;
    private boolean singleJvm;
    private boolean broken;

    /**
     * @param root an empty directory
     * @param longestFreeze how long a process is frozen for long
     * @param modes draws whether all services run in one process
     */
    Victim(Path root, Path recipeFile, Recipe recipe, Duration longestFreeze, RandomGenerator modes, boolean disks)
            throws IOException {
        this.root = root;
        this.recipeFile = recipeFile;
        this.recipe = recipe;
        this.longestFreeze = longestFreeze;
        this.modes = modes;
        workspace = new Workspace(root.resolve("workspace"));
        diskOfRuns = disks ? SmallDisk.at(workspace.root().resolve("runs")).orElse(null) : null;
        diskOfBroker = disks ? SmallDisk.at(workspace.root().resolve(".tempo")).orElse(null) : null;
        ports = freePorts();
    }

    /** Not of the seed: parts that begin side by side must not choose the same. */
    private static Ports freePorts() {
        Ports ports;
        do {
            ports = new Ports(ThreadLocalRandom.current().nextInt(1024, 1500) * 20);
        } while (!ports.taken().isEmpty());
        return ports;
    }

    /** Begins the run in one process: that is the quicker way, and one stage of it is kept. */
    void beginUndisturbed() throws IOException {
        start(new ArrayList<>(List.of("run", "--recipe=" + recipeFile, "--fresh")), true);
    }

    /** Begins the run. */
    void begin(boolean fresh) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--recipe=" + recipeFile));
        if (fresh) {
            arguments.add("--fresh");
        }
        start(arguments, modes.nextInt(3) == 0);
    }

    /** Goes on with the run as an operator does; begins it where it had not begun. */
    void resume() throws IOException {
        Optional<String> id = id();
        if (id.isEmpty()) {
            begin(false);
            return;
        }
        start(new ArrayList<>(List.of("run", "--resume=" + id.get())), modes.nextInt(3) == 0);
    }

    private void start(List<String> arguments, boolean inOneProcess) throws IOException {
        look();
        singleJvm = inOneProcess;
        if (singleJvm) {
            arguments.add("--single-jvm");
        }
        arguments.addAll(List.of("--json", "--workspace=" + workspace.root(), "--port-base=" + ports.base()));
        Files.createDirectories(root);
        child = TempoChild.start(root.resolve("tempo-" + ++children + ".out"), arguments);
    }

    private Optional<String> id() {
        if (run == null) {
            List<String> begun = workspace.runs();
            run = begun.isEmpty() ? null : begun.get(0);
        }
        return Optional.ofNullable(run);
    }

    /** Looks for a newer version. */
    void look() {
        TempoChild telling = child;
        if (telling != null && telling.version() > version) {
            version = telling.version();
            newestVersionAt = Instant.now();
        }
    }

    /** The newest version of the run that anybody was told. */
    int version() {
        look();
        return version;
    }

    Instant newestVersionAt() {
        look();
        return newestVersionAt;
    }

    TempoChild child() {
        TempoChild begun = child;
        if (begun == null) {
            throw new IllegalStateException("the run has not begun");
        }
        return begun;
    }

    Recipe recipe() {
        return recipe;
    }

    Workspace workspace() {
        return workspace;
    }

    Ports ports() {
        return ports;
    }

    Duration longestFreeze() {
        return longestFreeze;
    }

    /** The run's files; a directory that is not there before it has begun. */
    RunDirectory files() {
        return new RunDirectory(workspace.run(id().orElse("none")));
    }

    Path root() {
        return root;
    }

    /** How the services run, in words. */
    String mode() {
        return singleJvm ? "one process" : "six processes";
    }

    Optional<SmallDisk> diskOfRuns() {
        return Optional.ofNullable(diskOfRuns);
    }

    Optional<SmallDisk> diskOfBroker() {
        return Optional.ofNullable(diskOfBroker);
    }

    /** The processes of broker and services, by name; of a run in one process that one, whatever name is asked for. */
    List<ProcessHandle> processes(List<String> names) {
        if (singleJvm) {
            return List.of(child().handle());
        }
        List<ProcessHandle> found = new ArrayList<>();
        for (String name : names) {
            long begun = System.nanoTime();
            ProcessHandle process = workspace.livingProcesses().get(name);
            while (process == null && secondsSince(begun) < PATIENCE_WITH_A_START && child().isAlive()) {
                pause();
                process = workspace.livingProcesses().get(name);
            }
            if (process != null) {
                found.add(process);
            }
        }
        return found;
    }

    /** The names of broker and services. */
    static List<String> names() {
        List<String> names = new ArrayList<>(List.of(BROKER));
        for (Service service : Service.values()) {
            names.add(service.module());
        }
        return names;
    }

    /** Launcher, broker and services, as many of them as there are now. */
    List<ProcessHandle> everything() {
        List<ProcessHandle> all = new ArrayList<>();
        TempoChild begun = child;
        if (begun != null && begun.isAlive()) {
            all.add(begun.handle());
        }
        Map<String, ProcessHandle> living = workspace.livingProcesses();
        all.addAll(living.values());
        return all;
    }

    /** Kill -9 of everything, whose end is awaited. */
    void killAll() throws IOException, InterruptedException {
        List<ProcessHandle> all = everything();
        Signals.kill(all);
        for (ProcessHandle process : all) {
            long begun = System.nanoTime();
            while (process.isAlive() && secondsSince(begun) < PATIENCE_WITH_A_STOP) {
                pause();
            }
        }
        TempoChild begun = child;
        if (begun != null) {
            begun.awaitEnd(PATIENCE_WITH_A_STOP);
        }
    }

    /** Ctrl-C; whether the command ended in time. It is killed if not. */
    boolean stop() throws IOException, InterruptedException {
        child().interrupt();
        boolean ended = child().awaitEnd(PATIENCE_WITH_A_STOP);
        if (!ended) {
            killAll();
        }
        return ended;
    }

    /** Freezes processes for a while. */
    void freeze(List<ProcessHandle> processes, Duration time) throws IOException {
        synchronized (frozen) {
            frozen.addAll(processes);
        }
        Signals.freeze(processes);
        after(time, () -> Signals.thaw(processes));
    }

    /** Does something after a while. */
    void after(Duration time, Strike.Remedy what) {
        later.schedule(
                () -> {
                    try {
                        what.apply();
                    } catch (IOException failed) {
                        broken = true;
                    }
                },
                time.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Whether something that was to be undone could not be. */
    boolean isBroken() {
        return broken;
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep((long) (BRIEFLY * 1000));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A connection to the run's broker, which has to run; what it waits for ends with the run's command. */
    BrokerConnection connect() {
        return BrokerConnection.connect(ports.bootstrapServers(), () -> child().isAlive());
    }

    /** A message of this run on the topic, the last one when it was first asked for; empty while there is none. */
    <V> Optional<ObjectNode> sample(BrokerConnection connection, Topic<V> topic) {
        ObjectNode known = samples.get(topic.name());
        if (known == null) {
            List<V> found = new CopyOnWriteArrayList<>();
            connection.follow(topic, found::add);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            known = (ObjectNode) JSON.readTree(Wire.write(found.get(found.size() - 1)));
            samples.put(topic.name(), known);
        }
        return Optional.of(known.deepCopy());
    }

    /** A fault has left a file like this. */
    void harmed(Path file) {
        if (Files.exists(file)) {
            harmed.add(Fingerprint.sha256(file));
        }
    }

    /** The SHA-256 of files as faults have left them. */
    Set<String> harmed() {
        return Set.copyOf(harmed);
    }

    /** Copies what a person needs who wants to know what happened; weights are not in it. */
    void keepEvidence(Path target) throws IOException {
        RunDirectory files = files();
        Files.createDirectories(target);
        if (Files.isDirectory(files.path())) {
            for (String name :
                    List.of("logs", "begun", "metrics.jsonl", "summary.json", "report.md", "run.json", "launch.json")) {
                Path from = files.path().resolve(name);
                if (Files.exists(from)) {
                    FileSystemUtils.copyRecursively(from, target.resolve(name));
                }
            }
        }
    }

    @Override
    public void close() {
        later.shutdownNow();
        try {
            killAll();
        } catch (IOException | InterruptedException unended) {
            Thread.currentThread().interrupt();
        }
        diskOfRuns().ifPresent(SmallDisk::close);
        diskOfBroker().ifPresent(SmallDisk::close);
    }
}
