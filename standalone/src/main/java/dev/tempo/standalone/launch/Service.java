package dev.tempo.standalone.launch;

import java.util.ArrayList;
import java.util.List;

/** The five services, in the order in which they are started. */
public enum Service {
    JUDGE("judge-service", "dev.tempo.judge.JudgeService", 4, List.of("-Xmx256m")),
    ROLLOUT("rollout-service", "dev.tempo.rollout.RolloutService", 1, List.of("-Xmx384m")),
    CRITIC("critic-service", "dev.tempo.critic.CriticService", 2, List.of("-Xmx384m")),
    POLICY("policy-service", "dev.tempo.policy.PolicyService", 3, List.of("-Xmx384m")),
    EVAL("eval-service", "dev.tempo.eval.EvalService", 5, List.of("-Xmx384m"));

    /** The system property by which DJL is told how many threads PyTorch may use. */
    static final String ENGINE_THREADS = "ai.djl.pytorch.num_threads";

    private final String module;
    private final String mainClass;
    private final int portOffset;
    private final List<String> jvmOptions;

    Service(String module, String mainClass, int portOffset, List<String> jvmOptions) {
        this.module = module;
        this.mainClass = mainClass;
        this.portOffset = portOffset;
        this.jvmOptions = jvmOptions;
    }

    /** Module and process name. */
    public String module() {
        return module;
    }

    String mainClass() {
        return mainClass;
    }

    List<String> jvmOptions(int threads) {
        List<String> options = new ArrayList<>(jvmOptions);
        options.add("-D" + ENGINE_THREADS + "=" + threads);
        return options;
    }

    int port(Ports ports) {
        return ports.base() + portOffset;
    }
}
