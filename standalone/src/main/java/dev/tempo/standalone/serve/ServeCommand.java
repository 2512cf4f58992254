package dev.tempo.standalone.serve;

import dev.tempo.contract.Run;
import dev.tempo.contract.UserException;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.MachineSettings;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.runs.RunDirectory;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.http.ServingServer;
import dev.tempo.serving.version.ServedVersion;
import dev.tempo.serving.version.SingleModel;
import dev.tempo.serving.version.VersionCatalog;
import dev.tempo.serving.version.VersionListing;
import dev.tempo.standalone.check.ServingCheck;
import dev.tempo.standalone.command.DeviceOption;
import dev.tempo.standalone.command.Place;
import dev.tempo.standalone.command.RecipeFitness;
import dev.tempo.standalone.command.RunCommand;
import dev.tempo.standalone.demo.DemoOptions;
import dev.tempo.standalone.demo.Demonstration;
import dev.tempo.standalone.launch.Launch;
import dev.tempo.standalone.launch.Service;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo serve}: a model for anything that speaks OpenAI's API. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Answers to OpenAI's API: /v1/models, /v1/chat/completions and /v1/completions.",
            "MODEL is a Hugging Face directory, and nothing else is started. RUN is the id of a run or its directory:"
                    + " the promoted version answers, where its recipe promotes none the latest, and each one that is kept"
                    + " as NAME@42; what takes over later answers as it comes. RECIPE is run by ./tempo run and serves its"
                    + " versions from the first one on, also when it is finished.",
            "--demo shows a model get better at what it is asked: see docs/serving.md.",
            "It listens on this machine only, unless there are API keys and --address. Ctrl-C stops it.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:It cannot serve; the last line says why.",
            "2:The command line is not understood.",
            "130:It was stopped."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo serve models/Qwen3-8B",
            "  ./tempo serve quickstart-s0-1121-141831",
            "  ./tempo serve recipes/quickstart.yaml",
            "  ./tempo serve --demo",
            "  ./tempo serve models/Qwen3-8B --address 0.0.0.0 --api-keys keys.txt"
        })
public final class ServeCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL|RUN|RECIPE",
            description = "What is served; with --demo a recipe or nothing.")
    private String target = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "The name that requests give as model (default: the directory's, the run's, or the recipe's).")
    private @Nullable String name;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of the tensor library; another number gives other bits (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Mixin
    private final DemoOptions demo = new DemoOptions();

    @Mixin
    private final ServeOptions options = new ServeOptions();

    @Mixin
    private final LearnOptions learn = new LearnOptions();

    @Mixin
    private final DeviceOption deviceOption = new DeviceOption();

    @Mixin
    private final Place place = new Place();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        boolean demonstrates = demo.wanted();
        if (target.isEmpty() && !demonstrates) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Missing required parameter: 'MODEL|RUN|RECIPE'");
        }
        ServeOptions.least("--threads", 1, threads);
        if (name != null && !name.matches("[A-Za-z0-9._/-]+")) {
            throw new UserException("--name may have letters, digits and . _ / - only, but is '" + name + "'");
        }
        if (System.getProperty(MachineSettings.THREADS) == null) {
            System.setProperty(MachineSettings.THREADS, Integer.toString(threads));
        }
        ComputeDevice device = deviceOption.device();
        ServingSettings settings = options.settings(device);
        if (demonstrates) {
            learn.refuse("the demonstration's client sends its questions by itself");
            return demonstrate(settings, demo.prepared(target, place.workspace()));
        }
        Path path = Path.of(target);
        if (ModelDirectory.isIn(path)) {
            learn.refuse("nobody trains a model alone; serve a run or a recipe");
            serve(settings.withVersions(1), model(path.toAbsolutePath().normalize()));
        } else if (Files.isRegularFile(path)) {
            learn.refuseUnlessAwaited(RecipeFile.read(path, null));
            return run(
                    learn.added(settings, place.ports()),
                    new RunCommand(),
                    List.of(path.toString()),
                    (launch, server) -> {});
        } else {
            Path directory = Files.isRegularFile(new RunDirectory(path).submission())
                    ? path.toAbsolutePath().normalize()
                    : known();
            Run run = Launch.submission(directory);
            learn.refuseUnlessAwaited(run.recipe());
            serve(
                    learn.added(settings, place.ports()),
                    versions(run, directory, String.valueOf(directory.getFileName())));
        }
        return 0;
    }

    private Path known() {
        if (target.contains("/") || target.endsWith(".yaml")) {
            throw new UserException("there is no " + target
                    + "; serve takes the directory of a model (with config.json), the id or directory of a"
                    + " run, or a recipe");
        }
        return place.workspace().known(target);
    }

    private VersionCatalog model(Path directory) {
        try {
            return new SingleModel(
                    name == null ? String.valueOf(directory.getFileName()) : name,
                    directory,
                    Files.getLastModifiedTime(directory).toInstant());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(directory + " cannot be read", unreadable);
        }
    }

    private VersionCatalog versions(Run run, Path directory, String usual) {
        return new RunVersions(name == null ? usual : name, run, directory);
    }

    private void serve(ServingSettings settings, VersionCatalog catalog) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (ServingServer server = start(settings, catalog)) {
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-serving"));
            stopped.await();
        }
    }

    private static ServingServer start(ServingSettings settings, VersionCatalog catalog) {
        VersionListing listing = catalog.listing();
        ServedVersion served = listing.served()
                .orElseThrow(() -> new UserException("there are no files of the version that would answer as "
                        + listing.name() + "; ./tempo promote names another one while the run goes on"));
        RecipeFitness.refuse(ServingCheck.of(served.directory(), settings));
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ServingServer server = ServingServer.start(settings, catalog, meters, meters::scrape);
        try {
            server.load();
        } catch (RuntimeException unusable) {
            server.close();
            throw unusable;
        }
        System.out.println("serving " + listing.name()
                + (served.number().isPresent() ? ", version " + served.number().getAsInt() + " now," : "")
                + " on http://" + settings.address() + ":" + server.port() + "/v1"
                + (settings.keys().isEmpty() ? "" : " with API keys"));
        System.out.flush();
        return server;
    }

    private int demonstrate(ServingSettings settings, Demonstration shown) throws InterruptedException {
        URI arrivals = Service.POLICY.root(place.ports());
        return run(
                settings,
                shown.command(),
                shown.arguments(),
                (launch, server) -> shown.begin(
                        launch,
                        name == null ? launch.run().recipe().name() : name,
                        URI.create("http://" + settings.address() + ":" + server.port() + "/v1"),
                        settings.keys().isEmpty()
                                ? null
                                : settings.keys().get(0).key(),
                        arrivals.resolve("/v1")));
    }

    /**
     * Runs what {@code ./tempo run} is told, with its versions served beside it, and afterwards too.
     *
     * @param what the recipe to run, or the run to go on with
     * @param beside what begins once the run's versions are served
     */
    private int run(
            ServingSettings settings, RunCommand command, List<String> what, BiConsumer<Launch, ServingServer> beside)
            throws InterruptedException {
        List<ServingServer> servers = new ArrayList<>();
        command.beside(launch -> {
            Run run = launch.run();
            ServingServer server = start(
                    settings,
                    versions(run, Path.of(run.directory()), run.recipe().name()));
            servers.add(server);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-serving"));
            beside.accept(launch, server);
        });
        List<String> arguments = new ArrayList<>(what);
        arguments.addAll(List.of("--threads", String.valueOf(threads)));
        arguments.addAll(place.arguments());
        CommandLine line = new CommandLine(command);
        line.parseArgs(arguments.toArray(String[]::new));
        int status = command.call();
        if (status != 130 && !servers.isEmpty()) {
            System.out.println("the run is finished; its versions are served until Ctrl-C");
            new CountDownLatch(1).await();
        }
        return status;
    }
}
