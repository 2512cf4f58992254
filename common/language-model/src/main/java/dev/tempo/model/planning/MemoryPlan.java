package dev.tempo.model.planning;

import dev.tempo.contract.recipe.LowRank;
import dev.tempo.model.Architecture;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.AdapterLayout;
import dev.tempo.model.forward.Buckets;
import dev.tempo.model.inference.GenerationMemory;
import dev.tempo.model.training.TrainingMethod;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A plan of the memory that a run's processes hold, in bytes by role and purpose, computed from config.json alone. The
 * engine and the JVM take some 300 MB a process more, which are not part of it.
 *
 * <p>What a layer keeps for its backward pass is counted from the graph of its script: of the residual stream's width 6
 * numbers a token, of queries and keys 4, of values 1 and, repeated to the queries' heads, 4, of the MLP's inner width 4.
 * The backward pass itself needs another 2 of the inner width and 1 of the stream's width at the same time.
 */
public final class MemoryPlan {
    private static final int MOMENTS = 2;
    private static final int LOGITS = 1 << 24;
    /**
     * The number of copies of the logits: logits, their log-softmax, and two more of the same size while entropy or gradient
     * are computed.
     */
    private static final int LOGIT_COPIES = 4;

    private final ModelConfig config;
    private final TrainingMethod method;
    private final Workload workload;

    /** A process that holds weights. */
    public enum Role {
        ROLLOUT,
        CRITIC,
        POLICY
    }

    /**
     * The amount of work that is done at once.
     *
     * @param longest tokens of the longest sequence, prompt and response
     * @param miniBatch sequences of a training step
     * @param decoded sequences that are generated side by side
     * @param versions versions of policy and of critic that stay loaded for generating and valuing
     * @param inference type of the weights, keys and values of those versions
     */
    public record Workload(int longest, int miniBatch, int decoded, int versions, WeightType inference) {
        public Workload {
            if (longest < 1 || miniBatch < 1 || decoded < 1 || versions < 1) {
                throw new IllegalArgumentException("a workload's numbers must be at least 1, but are longest " + longest
                        + ", miniBatch " + miniBatch + ", decoded " + decoded + ", versions " + versions);
            }
        }
    }

    public MemoryPlan(ModelConfig config, TrainingMethod method, Workload workload) {
        this.config = config;
        this.method = method;
        this.workload = workload;
    }

    /**
     * The bytes that a role holds, by purpose: weights, loaded versions, optimizer, gradients, activations, KV cache.
     * Purposes that the role does not have are missing.
     */
    public Map<String, Long> bytes(Role role) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        long parameters = config.parameters();
        if (role != Role.POLICY) {
            bytes.put("loaded versions", workload.versions * parameters * workload.inference.bytes());
        }
        if (role == Role.ROLLOUT) {
            bytes.put(
                    "KV cache", GenerationMemory.cache(config, workload.inference, workload.decoded, workload.longest));
            bytes.put(
                    "activations",
                    GenerationMemory.activations(config, workload.inference, workload.decoded, workload.longest));
            return bytes;
        }
        Head head = role == Role.CRITIC ? Head.VALUE : Head.VOCABULARY;
        long trained = trained(head);
        LowRank lora = method.lora();
        long held = ModelLayout.weights(config, head);
        boolean frozenNarrow = lora != null && method.bfloat16();
        bytes.put(
                "weights",
                held * (frozenNarrow ? WeightType.BFLOAT16.bytes() : Float.BYTES)
                        + (lora == null ? 0 : trained * Float.BYTES));
        bytes.put("optimizer", MOMENTS * trained * Float.BYTES);
        bytes.put("gradients", trained * Float.BYTES);
        // At once, gradients take the place of the graph that the backward pass gives back.
        bytes.put("activations", method.isAtOnce() ? Math.max(0, atOnce(head) - trained * Float.BYTES) : inParts(head));
        return bytes;
    }

    /** The sum of the bytes that a role holds. */
    public long total(Role role) {
        return bytes(role).values().stream().mapToLong(Long::longValue).sum();
    }

    /** The bytes of a version's weights on disk: of those that the role's optimizer changes, in float32. 0 of a role that trains nothing. */
    public long version(Role role) {
        return bytes(role).getOrDefault("optimizer", 0L) / MOMENTS;
    }

    /** The number of parameters that a role's optimizer changes. */
    private long trained(Head head) {
        LowRank lora = method.lora();
        return lora == null
                ? ModelLayout.weights(config, head)
                : AdapterLayout.of(config, lora, head).stream()
                        .mapToLong(Parameter::size)
                        .sum();
    }

    /**
     * The activations of a mini-batch that is computed at once: every layer's graph and the logits stay until the backward
     * pass; attention scores only where the fused kernel is not used.
     */
    private long atOnce(Head head) {
        long tokens = workload.miniBatch * (long) workload.longest;
        long scores = workload.longest > Buckets.SHORT ? 0 : tokens * workload.longest * config.attentionHeads();
        long logits = head == Head.VOCABULARY ? LOGIT_COPIES * tokens * config.vocabularySize() : 0;
        // With LoRA the merged weights of every layer stay as well.
        long merged = method.lora() == null ? 0 : layerWeights();
        long kept = config.layers() * (tokens * layer() + scores + merged);
        return Float.BYTES * (kept + Math.max(logits, scores + tokens * back()));
    }

    private long inParts(Head head) {
        int type = method.bfloat16() ? WeightType.BFLOAT16.bytes() : WeightType.FLOAT32.bytes();
        long all = workload.miniBatch * (long) workload.longest;
        int budget = method.microBatchTokens();
        long tokens = budget == 0 ? all : Math.min(all, Math.max(budget, workload.longest));
        long inputs = (config.layers() + 1L) * tokens * config.hiddenSize();
        // A layer's weights as they are computed with, where those are not the ones that are held; and their gradients.
        long copies = (method.lora() != null || method.bfloat16() ? 2 : 1) * layerWeights();
        long chunk = Math.min(tokens, Math.max(1, LOGITS / config.vocabularySize()));
        long logits = head == Head.VOCABULARY ? LOGIT_COPIES * chunk * config.vocabularySize() : 0;
        return type * (inputs + copies) + Math.max(type * tokens * (layer() + back()), Float.BYTES * logits);
    }

    private long layerWeights() {
        return Architecture.of(config.modelType()).layer(config, "").stream()
                .mapToLong(Parameter::size)
                .sum();
    }

    /** The numbers per token that a layer keeps for its backward pass. */
    private long layer() {
        return 6L * config.hiddenSize()
                + 4 * (queries() + keys())
                + keys()
                + 4 * queries()
                + 4L * config.intermediateSize();
    }

    private long queries() {
        return (long) config.attentionHeads() * config.headDimension();
    }

    private long keys() {
        return (long) config.keyValueHeads() * config.headDimension();
    }

    private long back() {
        return 2L * config.intermediateSize() + config.hiddenSize();
    }
}
