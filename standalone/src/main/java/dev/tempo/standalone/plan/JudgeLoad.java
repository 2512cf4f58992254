package dev.tempo.standalone.plan;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * The load of a judge model, which computes behind its own endpoint and on none of the plan's devices.
 *
 * @param name in the recipe's chains
 * @param requests of the run at most: rules before it in a chain settle some, and a recurring response is asked once
 * @param tokens that it reads and writes
 */
public record JudgeLoad(String name, double requests, double tokens) {
    /** Tokens of a judge's instructions and of its reply. */
    public static final int AROUND = 1024;
    /** Parameters that take part in a token, of models whose makers say so. */
    private static final Map<String, Double> ACTIVE = Map.of("gpt-oss-120b", 5.1e9, "gpt-oss-20b", 3.6e9);

    /** The load that a plan's responses would be for a judge model. */
    public static JudgeLoad of(String name, RunPlan plan) {
        Assumptions assumed = plan.assumed();
        return new JudgeLoad(
                name,
                plan.judged(),
                plan.judged() * (assumed.promptTokens() + (double) assumed.responseTokens() + AROUND));
    }

    /** Its operations, without attention; empty where the model's size is not known. */
    OptionalDouble operations() {
        Double active = ACTIVE.get(name);
        return active == null ? OptionalDouble.empty() : OptionalDouble.of(2 * active * tokens);
    }
}
