package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import dev.tempo.critic.CriticService;
import dev.tempo.eval.EvalService;
import dev.tempo.judge.JudgeService;
import dev.tempo.messaging.StopSignal;
import dev.tempo.model.device.MachineSettings;
import dev.tempo.policy.PolicyService;
import dev.tempo.rollout.RolloutService;
import dev.tempo.standalone.broker.LocalBroker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Broker and all services in this JVM: half the memory and start-up, one crash for all. */
public final class SingleJvmCluster implements Cluster {
    private final List<Service> needed;
    private final Workspace workspace;
    private final BrokerLog log;
    private final Ports ports;
    private final List<String> arguments;
    private final Duration takenBefore;
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();
    private @Nullable LocalBroker broker;
    private volatile boolean halted;

    /**
     * @param needed the services to start
     * @param threads of the tensor engine, for the whole process
     */
    public SingleJvmCluster(
            List<Service> needed, Workspace workspace, Ports ports, int threads, List<String> arguments) {
        this.needed = List.copyOf(needed);
        System.setProperty(MachineSettings.THREADS, Integer.toString(threads));
        this.workspace = workspace;
        log = new BrokerLog(workspace);
        this.ports = ports;
        this.arguments = List.copyOf(arguments);
        takenBefore = taken();
    }

    @Override
    public void startBroker() {
        BrokerConnection.readLogging();
        log.create();
        try {
            // The launcher must not end before it has said why.
            LocalBroker.tellOfFailure(() -> halted = true);
            broker = new LocalBroker(workspace.broker(), ports.broker(), ports.controller());
        } catch (IOException unusable) {
            throw new UserException("the broker cannot start: " + unusable.getMessage());
        }
    }

    @Override
    public void startServices() {
        for (Service service : needed) {
            List<String> own = new ArrayList<>(arguments);
            own.addAll(service.addresses(ports, needed));
            own.add("--spring.kafka.bootstrap-servers=" + ports.bootstrapServers());
            own.add("--spring.main.banner-mode=off");
            own.add("--spring.main.register-shutdown-hook=false");
            contexts.add(application(service).run(own.toArray(String[]::new)));
        }
    }

    private static SpringApplicationBuilder application(Service service) {
        return switch (service) {
            case JUDGE -> JudgeService.application();
            case ROLLOUT -> RolloutService.application();
            case CRITIC -> CriticService.application();
            case POLICY -> PolicyService.application();
            case EVAL -> EvalService.application();
        };
    }

    @Override
    public void stopping() {
        // There are no children whose end could be mistaken for a death.
    }

    @Override
    public List<String> gaveUp() {
        String loss = log.loss();
        if (loss != null) {
            return List.of(loss);
        }
        return halted
                ? List.of("the broker cannot use its directory " + workspace.broker()
                        + " and has ended; see launcher.log in the run's logs, free some space perhaps")
                : List.of();
    }

    @Override
    public Duration cpu() {
        return taken().minus(takenBefore);
    }

    /** What this process has taken since it began, of earlier runs too. */
    private static Duration taken() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Duration.ofNanos(system.getProcessCpuTime())
                : Duration.ZERO;
    }

    @Override
    public Duration cpu(String process) {
        return cpu();
    }

    @Override
    public Map<String, Duration> cpuByProcess() {
        return Map.of(LAUNCHER, cpu());
    }

    /** False: nothing here ends before this process does. */
    @Override
    public boolean end(String process) {
        return false;
    }

    @Override
    public Ports ports() {
        return ports;
    }

    @Override
    public void kill() {
        // It ends with this process.
    }

    /**
     * The end of all services: each is told before the first stops, since what one of them cancels ends the
     * computations of all.
     */
    @Override
    public void close() {
        contexts.forEach(context -> context.getBean(StopSignal.class).tellLoops());
        for (int i = contexts.size() - 1; i >= 0; i--) {
            contexts.get(i).close();
        }
        // One whose directory is gone cannot be stopped cleanly; it ends with this process.
        if (broker != null && !halted && log.loss() == null) {
            broker.close();
        }
    }
}
