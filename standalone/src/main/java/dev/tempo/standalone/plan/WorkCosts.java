package dev.tempo.standalone.plan;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.planning.MemoryPlan;
import dev.tempo.model.planning.ModelCost;
import dev.tempo.model.training.TrainingMethod;

/** The costs of a round's parts for one model, one way of training and one device each. */
final class WorkCosts {
    /** Reading weights, gradients and both moments, and writing all but the gradients; moments are two of the seven. */
    private static final double DESCENT_TO_MOMENTS = 3.5;
    /** Weights and both moments, of which moments are two. */
    private static final double CHECKPOINT_TO_MOMENTS = 1.5;

    private final ModelConfig config;
    private final ModelCost cost;
    private final TrainingMethod method;
    private final MemoryPlan memory;
    private final Assumptions assumed;
    private final Devices devices;
    private final int longest;

    /** @param longest tokens that a response may have */
    WorkCosts(
            ModelConfig config,
            TrainingMethod method,
            MemoryPlan memory,
            Assumptions assumed,
            Devices devices,
            int longest) {
        this.config = config;
        this.cost = new ModelCost(config);
        this.method = method;
        this.memory = memory;
        this.assumed = assumed;
        this.devices = devices;
        this.longest = longest;
    }

    /** Generation: workers decode side by side what they have room for, and the next response as soon as one has ended. */
    RoundPart generation(String name, double questions, double samples) {
        int prompt = assumed.promptTokens();
        int response = assumed.responseTokens();
        double responses = questions * samples;
        double ofAWorker = Math.ceil(responses / devices.workers());
        double rows = Math.min(assumed.together(), ofAWorker);
        double steps = ofAWorker / Math.max(1, rows) * ModelCost.passes(response);
        double cache = cost.cacheReads(prompt, response, assumed.inference());
        double passes = Math.max(1, ModelCost.passes(response));
        double weights = cost.weightReads(assumed.inference());
        double one = cost.decoding(prompt, response) / passes;
        double prompts = questions * cost.prompt(prompt);
        double seconds = prompts / devices.workers() / assumed.operations(true)
                + steps * step(weights + rows * cache / passes, rows * one);
        return new RoundPart(
                name,
                RoundPart.Where.ROLLOUT,
                prompts + responses * cost.decoding(prompt, response),
                responses == 0 ? 0 : devices.workers() * steps * weights + responses * cache,
                responses * response,
                responses == 0 ? 0 : seconds);
    }

    /** The seconds of one response of full length, for which others wait however many workers there are. */
    double longestResponse() {
        int response = longest;
        double passes = Math.max(1, ModelCost.passes(response));
        double one = cost.decoding(assumed.promptTokens(), response) / passes;
        double cache = cost.cacheReads(assumed.promptTokens(), response, assumed.inference()) / passes;
        return ModelCost.passes(response) * step(cost.weightReads(assumed.inference()) + cache, one);
    }

    /** A decoding step. A GPU computes while the next kernels are launched; a core calls and computes in turn. */
    private double step(double bytes, double operations) {
        double work = Math.max(bytes / assumed.bytes(), operations / assumed.operations(true));
        double calls = config.layers() * assumed.layerSeconds();
        return assumed.card().isCore() ? calls + work : Math.max(calls, work);
    }

    /** Values, of any number of valuers: measured in the type of inference. */
    RoundPart values(String name, double responses) {
        double operations = responses * cost.measuring(Head.VALUE, assumed.promptTokens(), assumed.responseTokens());
        return compute(name, RoundPart.Where.CRITIC, operations, 0, true);
    }

    /** Log-probabilities, or the values before a fit: measured by the trainer, in the type of training. */
    RoundPart measured(String name, RoundPart.Where where, double responses) {
        double operations = responses * cost.measuring(head(where), assumed.promptTokens(), assumed.responseTokens());
        return compute(name, where, operations, 0, method.bfloat16());
    }

    /** Epochs of training, with an optimizer's step for each mini-batch. */
    RoundPart training(
            String name, RoundPart.Where where, double responses, double rehearsed, int miniBatch, int epochs) {
        double rows = epochs * (responses + rehearsed);
        double operations = rows * cost.training(head(where), method, assumed.promptTokens(), assumed.responseTokens());
        double steps = epochs * Math.ceil(responses / miniBatch);
        return compute(name, where, operations, steps * DESCENT_TO_MOMENTS * moments(where), method.bfloat16());
    }

    private RoundPart compute(String name, RoundPart.Where where, double operations, double bytes, boolean bfloat16) {
        double seconds = operations / assumed.operations(bfloat16) + bytes / assumed.bytes();
        return new RoundPart(name, where, operations, bytes, 0, seconds / devicesOf(where));
    }

    /** A version, written, hashed and read by who uses it, and a checkpoint, written and hashed; none waits for less. */
    RoundPart handOver(String name, RoundPart.Where where) {
        double version = memory.version(role(where));
        double bytes = 3 * version + 2 * CHECKPOINT_TO_MOMENTS * moments(where);
        return new RoundPart(name, where, 0, bytes, 0, bytes / assumed.fileRate() / devicesOf(where));
    }

    private int devicesOf(RoundPart.Where where) {
        return where == RoundPart.Where.CRITIC ? devices.critics() : devices.policy();
    }

    private double moments(RoundPart.Where where) {
        return memory.bytes(role(where)).getOrDefault("optimizer", 0L);
    }

    private static MemoryPlan.Role role(RoundPart.Where where) {
        return where == RoundPart.Where.CRITIC ? MemoryPlan.Role.CRITIC : MemoryPlan.Role.POLICY;
    }

    private static Head head(RoundPart.Where where) {
        return where == RoundPart.Where.CRITIC ? Head.VALUE : Head.VOCABULARY;
    }
}
