package dev.tempo.standalone.launch;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.device.MachineSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The five services, in the order in which they are started. */
public enum Service {
    JUDGE("judge-service", "dev.tempo.judge.JudgeService", 4, 256),
    ROLLOUT("rollout-service", "dev.tempo.rollout.RolloutService", 1, 384),
    CRITIC("critic-service", "dev.tempo.critic.CriticService", 2, 384),
    POLICY("policy-service", "dev.tempo.policy.PolicyService", 3, 384),
    EVAL("eval-service", "dev.tempo.eval.EvalService", 5, 384);

    /**
     * The bytes of a model from which on hashing its versions costs more than the optimizing compiler: only that compiler uses the
     * processor's instructions for SHA-256 (1.3 GB/s and not 0.13), and in the minutes of a small run it takes more than it gives.
     */
    private static final long LARGE_MODEL = 256L << 20;

    private final String module;
    private final String mainClass;
    private final int portOffset;
    private final int heapMegabytes;

    Service(String module, String mainClass, int portOffset, int heapMegabytes) {
        this.module = module;
        this.mainClass = mainClass;
        this.portOffset = portOffset;
        this.heapMegabytes = heapMegabytes;
    }

    /** The services that a run needs, in the order in which they are started: where nothing trains, no trainer. */
    public static List<Service> neededBy(Recipe recipe) {
        return Arrays.stream(values())
                .filter(service -> recipe.trains() || (service != CRITIC && service != POLICY))
                .toList();
    }

    /** Module and process name. */
    public String module() {
        return module;
    }

    String mainClass() {
        return mainClass;
    }

    /**
     * The options of the service's JVM.
     *
     * @param threads of its tensor engine
     * @param modelBytes size of the run's model
     */
    List<String> jvmOptions(int threads, long modelBytes) {
        List<String> options = new ArrayList<>(MachineSettings.jvmOptions());
        if (modelBytes > LARGE_MODEL) {
            options.add("-XX:TieredStopAtLevel=4");
        }
        options.add("-Xmx" + heapMegabytes + "m");
        options.add("-D" + MachineSettings.THREADS + "=" + threads);
        return options;
    }

    int port(Ports ports) {
        return ports.base() + portOffset;
    }

    /**
     * Where it listens and, for the one with the page, where the others do, as arguments.
     *
     * @param among all that are started
     */
    List<String> addresses(Ports ports, List<Service> among) {
        List<String> addresses = new ArrayList<>(List.of("--server.port=" + port(ports), "--server.address=127.0.0.1"));
        if (this == EVAL) {
            for (Service other : among) {
                if (other != EVAL) {
                    addresses.add("--tempo.eval.services." + other.shortName() + "=" + other.root(ports));
                }
            }
        }
        return addresses;
    }

    /** Its name in settings and details. */
    String shortName() {
        return module.replace("-service", "");
    }

    /** Where it answers. */
    public URI root(Ports ports) {
        return URI.create("http://127.0.0.1:" + port(ports));
    }
}
