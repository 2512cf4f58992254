package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.eval.report.Provenance;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.Cluster;
import dev.tempo.standalone.launch.LaunchSettings;
import dev.tempo.standalone.launch.Numerics;
import dev.tempo.standalone.launch.PlugInFolders;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.ProcessCluster;
import dev.tempo.standalone.launch.RunLauncher;
import dev.tempo.standalone.launch.RunRecord;
import dev.tempo.standalone.launch.Service;
import dev.tempo.standalone.launch.StageCache;
import dev.tempo.standalone.launch.ThisMachine;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.progress.JsonView;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Broker and services as processes, shared by all tests of this package: starting them costs more than a tiny run. Each
 * run goes through the launcher as {@code ./tempo run} does.
 */
final class RunningSystem implements AutoCloseable {
    /** Few rows at once, so that a round's trajectories come in several portions. */
    private static final List<String> ARGUMENTS =
            List.of("--tempo.rollout.rows=4", "--logging.level.org.apache.kafka=ERROR", "--logging.level.ai.djl=ERROR");

    private final Path root;
    private final Workspace workspace;
    private final Ports ports = freePorts();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final TinyWorkload workload;
    private final BrokerConnection connection;
    private final Records records;
    private Cluster cluster;
    private @Nullable Weights reference;

    private RunningSystem(Path root) throws IOException {
        this.root = root;
        workspace = new Workspace(root.resolve("workspace"));
        workload = TinyWorkload.in(root.resolve("tiny"));
        cluster = cluster();
        cluster.startBroker();
        connection = BrokerConnection.connect(ports.bootstrapServers());
        records = new Records(connection);
        cluster.startServices();
    }

    static RunningSystem start() {
        try {
            Files.createDirectories(Path.of("target"));
            return new RunningSystem(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "system-"));
        } catch (IOException unusable) {
            throw new java.io.UncheckedIOException(unusable);
        }
    }

    static Ports freePorts() {
        Ports ports;
        do {
            ports = new Ports(ThreadLocalRandom.current().nextInt(1024, 1500) * 20);
        } while (!ports.taken().isEmpty());
        return ports;
    }

    Path root() {
        return root;
    }

    TinyWorkload workload() {
        return workload;
    }

    Records records() {
        return records;
    }

    BrokerConnection connection() {
        return connection;
    }

    StageCache cache() {
        return new StageCache(
                workspace.stageCache(),
                new Numerics(1, "0123"),
                new PlugInFolders(Path.of("no-judges"), Path.of("no-environments")));
    }

    Path directory(String run) {
        return workspace.run(run);
    }

    /** Processes that died and were started again, in words. */
    List<String> notices() {
        return notices;
    }

    String log(Service service) throws IOException {
        return Files.readString(root.resolve("logs").resolve(service.module() + ".log"), StandardCharsets.UTF_8);
    }

    /** The weights of the tiny recipe's run that nobody disturbed. */
    Weights reference() {
        Weights known = reference;
        if (known == null) {
            known = finished("undisturbed", workload.recipe());
            reference = known;
        }
        return known;
    }

    /** Sees a run through, every stage of it, and writes its report. */
    Weights finished(String run, Path recipe) {
        Run submitted = submission(run, recipe, null);
        RunRecord.write(submitted, new LaunchSettings(1, "cpu", "float32", null), recipe, List.of());
        return finished(launcher(submitted, List.of()), run);
    }

    /** The same with the first stage taken from the cache, where an equal run must have left it. */
    Weights finishedFromCache(String run, Path recipe) {
        Recipe read = RecipeFile.read(recipe, null);
        StageCache.Found found = cache().find(read, base(read).sha256())
                .orElseThrow(() -> new AssertionError("no such stage is cached"));
        return finished(launcher(submission(run, recipe, found.start()), found.reportsFor(run)), run);
    }

    private Weights finished(RunLauncher launcher, String run) {
        assertThat(launcher.run()).as("run %s finished", run).isTrue();
        launcher.report();
        return records.weights(run);
    }

    RunLauncher launcher(Run run, List<EvaluationReport> cachedReports) {
        try {
            Files.createDirectories(Path.of(run.directory()));
        } catch (IOException unwritable) {
            throw new java.io.UncheckedIOException(unwritable);
        }
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new RunLauncher(
                run,
                cachedReports,
                new AlreadyRunning(this),
                cache(),
                new Provenance("tempo 0.1.0", ThisMachine.with("")),
                new JsonView(nowhere));
    }

    Run submission(String run, Path recipe, @Nullable StageStart start) {
        Recipe read = RecipeFile.read(recipe, null);
        return new Run(
                run, RunState.ACTIVE, read, base(read), workspace.run(run).toString(), start);
    }

    private static ModelReference base(Recipe recipe) {
        Path model = Path.of(recipe.model());
        return new ModelReference(model.toUri().toString(), new ModelDirectory(model).sha256());
    }

    /** Stops everything and starts it again on the same topics. */
    void restart() {
        cluster.close();
        cluster = cluster();
        cluster.startBroker();
        cluster.startServices();
    }

    /** What an endpoint of a service answers; empty while it does not. */
    Optional<String> get(Service service, String path) {
        int offset = switch (service) {
            case ROLLOUT -> 1;
            case CRITIC -> 2;
            case POLICY -> 3;
            case JUDGE -> 4;
            case EVAL -> 5;
        };
        URI uri = URI.create("http://127.0.0.1:" + (ports.base() + offset) + path);
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
            return Optional.of(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException unreachable) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    Cluster running() {
        return cluster;
    }

    private Cluster cluster() {
        return new ProcessCluster(
                List.of(Service.values()), workspace, ports, root.resolve("logs"), 1, 0, ARGUMENTS, notices::add);
    }

    @Override
    public void close() {
        connection.close();
        cluster.close();
    }
}
