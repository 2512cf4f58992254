package dev.tempo.standalone.launch;

import dev.tempo.standalone.broker.BrokerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One process per service and one for the broker: a crash of native code takes nothing else with it. */
public final class ProcessCluster implements Cluster {
    /** A little more than a process gives itself before it is killed for being late, see {@code ParentWatch}. */
    private static final Duration PATIENCE_WITH_SERVICES = Duration.ofMillis(4500);

    private static final Duration PATIENCE_WITH_BROKER = Duration.ofMillis(3500);

    /** A killed process ends once the system has written what it waits for and taken its memory back: seconds on a slow disk. */
    private static final Duration PATIENCE_WITH_THE_KILLED = Duration.ofSeconds(10);

    private final Ports ports;
    private final ClassArchive classes = ClassArchive.here();
    private final BrokerLog log;
    private final ChildProcess broker;
    private final Map<Service, ChildProcess> services = new EnumMap<>(Service.class);

    /**
     * @param needed the services to start
     * @param logs directory of the processes' output
     * @param threads of each service's tensor engine
     * @param modelBytes size of the model that is to be trained or measured
     * @param arguments further arguments of every service, {@code --property=value}
     * @param notices told when a process dies and is started again
     */
    public ProcessCluster(
            List<Service> needed,
            Workspace workspace,
            Ports ports,
            Path logs,
            int threads,
            long modelBytes,
            List<String> arguments,
            Consumer<String> notices) {
        this.ports = ports;
        log = new BrokerLog(workspace);
        String classPath = System.getProperty("java.class.path");
        StartedProcesses started = workspace.processes();
        broker = new ChildProcess(
                BROKER,
                ChildProcess.java(
                        with(classes.options(BROKER), List.of("-Xmx320m", "-Dtempo.log=" + logs.resolve("kafka.log"))),
                        classPath,
                        BrokerProcess.class.getName(),
                        List.of(
                                workspace.broker().toString(),
                                String.valueOf(ports.broker()),
                                String.valueOf(ports.controller()))),
                Map.of(),
                logs.resolve("kafka.out"),
                workspace.temporary(BROKER),
                started,
                notices);
        for (Service service : needed) {
            List<String> own = new ArrayList<>(arguments);
            own.addAll(service.addresses(ports, needed));
            own.add("--spring.kafka.bootstrap-servers=" + ports.bootstrapServers());
            own.add("--tempo.messaging.stop-with-parent=true");
            own.add("--spring.main.banner-mode=off");
            own.add("--logging.config=classpath:dev/tempo/standalone/launch/service-logging.xml");
            services.put(
                    service,
                    new ChildProcess(
                            service.module(),
                            ChildProcess.java(
                                    with(classes.options(service.module()), service.jvmOptions(threads, modelBytes)),
                                    classPath,
                                    service.mainClass(),
                                    own),
                            Map.of("OPT_OUT_TRACKING", "true", "OMP_NUM_THREADS", "1"),
                            logs.resolve(service.module() + ".log"),
                            workspace.temporary(service.module()),
                            started,
                            notices));
        }
    }

    @Override
    public void startBroker() {
        log.create();
        broker.start();
    }

    @Override
    public void startServices() {
        services.values().forEach(ChildProcess::start);
    }

    @Override
    public void stopping() {
        services.values().forEach(ChildProcess::stopping);
        broker.stopping();
    }

    @Override
    public List<String> gaveUp() {
        String loss = log.loss();
        return loss != null
                ? List.of(loss)
                : Stream.concat(Stream.of(broker), services.values().stream())
                        .map(ChildProcess::gaveUp)
                        .filter(Objects::nonNull)
                        .toList();
    }

    @Override
    public boolean hasDeaths() {
        return broker.hasDeaths() || services.values().stream().anyMatch(ChildProcess::hasDeaths);
    }

    @Override
    public void movedOn() {
        broker.movedOn();
        services.values().forEach(ChildProcess::movedOn);
    }

    @Override
    public void keepClasses() {
        classes.make();
    }

    @Override
    public void awaitClasses(Consumer<String> told) {
        classes.await(told);
    }

    @Override
    public Duration cpu() {
        return Stream.concat(Stream.of(broker), services.values().stream())
                .map(ChildProcess::cpu)
                .reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public Duration cpu(String process) {
        return child(process).cpu();
    }

    @Override
    public Map<String, Duration> cpuByProcess() {
        Map<String, Duration> taken = new TreeMap<>();
        Stream.concat(Stream.of(broker), services.values().stream())
                .forEach(child -> taken.put(child.name(), child.cpu()));
        ProcessHandle.current().info().totalCpuDuration().ifPresent(own -> taken.put(LAUNCHER, own));
        return taken;
    }

    @Override
    public boolean end(String process) {
        return child(process).end();
    }

    private static List<String> with(List<String> options, List<String> others) {
        List<String> all = new ArrayList<>(options);
        all.addAll(others);
        return all;
    }

    private ChildProcess child(String process) {
        return Stream.concat(Stream.of(broker), services.values().stream())
                .filter(child -> child.name().equals(process))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no process " + process));
    }

    @Override
    public Ports ports() {
        return ports;
    }

    @Override
    public void kill() {
        classes.close();
        services.values().forEach(ChildProcess::kill);
        broker.kill();
        Instant deadline = Instant.now().plus(PATIENCE_WITH_THE_KILLED);
        Stream.concat(services.values().stream(), Stream.of(broker))
                .forEach(killed -> killed.awaitStop(Duration.between(Instant.now(), deadline)));
    }

    @Override
    public void close() {
        services.values().forEach(ChildProcess::askToStop);
        Instant deadline = Instant.now().plus(PATIENCE_WITH_SERVICES);
        services.values().forEach(service -> service.awaitStop(Duration.between(Instant.now(), deadline)));
        broker.askToStop();
        broker.awaitStop(PATIENCE_WITH_BROKER);
    }
}
