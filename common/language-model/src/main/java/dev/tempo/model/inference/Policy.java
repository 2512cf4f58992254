package dev.tempo.model.inference;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.Sequence;
import dev.tempo.model.WeightType;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.forward.Transformer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A policy in memory, which generates responses and gives log-probabilities. Calls from several threads take turns. */
public final class Policy implements AutoCloseable {
    private final Transformer transformer;
    private final GenerationLanes lanes;

    public Policy(Transformer transformer, GenerationLimits limits) {
        this(transformer, limits, false);
    }

    private Policy(Transformer transformer, GenerationLimits limits, boolean first) {
        this.transformer = transformer;
        this.lanes = new GenerationLanes(transformer, limits, first);
    }

    /**
     * Loads a Hugging Face directory in float32, with the limits of {@link GenerationLimits#standard()}.
     *
     * @throws ModelFormatException naming file and field or tensor
     */
    public static Policy load(Path directory) {
        return load(directory, GenerationLimits.standard());
    }

    /**
     * Loads a Hugging Face directory in float32.
     *
     * @throws ModelFormatException naming file and field or tensor
     */
    static Policy load(Path directory, GenerationLimits limits) {
        return load(directory, limits, WeightType.FLOAT32);
    }

    /**
     * Loads a Hugging Face directory with weights, matrix products, keys and values in a type. Norms, softmax and all that
     * follows the logits are computed in float32.
     *
     * @param type float32 or bfloat16
     * @throws ModelFormatException naming file and field or tensor
     */
    public static Policy load(Path directory, GenerationLimits limits, WeightType type) {
        return new Policy(Transformer.forGeneration(directory, type), limits);
    }

    /**
     * Loads a Hugging Face directory as {@link #load} does, to answer somebody who waits: in this process its steps go before
     * those of other policies. It changes no bit of a response.
     *
     * @param type float32 or bfloat16
     * @throws ModelFormatException naming file and field or tensor
     */
    public static Policy forServing(Path directory, GenerationLimits limits, WeightType type) {
        return new Policy(Transformer.forGeneration(directory, type), limits, true);
    }

    /**
     * Loads a Hugging Face directory in float32 with another config, for instance with other end tokens.
     *
     * @param config used instead of the directory's own
     * @throws ModelFormatException naming file and field or tensor
     */
    public static Policy load(Path directory, ModelConfig config, GenerationLimits limits) {
        return new Policy(Transformer.load(directory, config, Head.VOCABULARY), limits);
    }

    public ModelConfig config() {
        return transformer.config();
    }

    /**
     * Generates one response per task, in the order of the tasks. Every response is bit-identical whatever other tasks are
     * in the list or are generated at the same time for other callers. The config's pad token is never sampled, unless it
     * also ends responses.
     *
     * @throws TaskTooLargeException if a prompt and its limit can never fit the model's positions or the memory for keys and
     *     values
     * @throws IllegalArgumentException if an id lies outside the vocabulary
     * @throws CancellationException if the thread is interrupted
     */
    public List<GeneratedResponse> generate(List<GenerationTask> tasks) {
        List<CompletableFuture<GeneratedResponse>> futures = submit(tasks);
        List<GeneratedResponse> generations = new ArrayList<>();
        try {
            for (CompletableFuture<GeneratedResponse> future : futures) {
                generations.add(future.get());
            }
            return generations;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException("generation failed", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while responses were generated");
        } finally {
            futures.forEach(future -> future.cancel(false));
        }
    }

    /**
     * Submits tasks to be generated beside those that already are. Each future is completed when its response is written;
     * cancelling a future takes its task out. Actions that depend on a future run in the thread that generates, so they must
     * be brief and not wait for another response.
     *
     * @throws TaskTooLargeException if a prompt and its limit can never fit; then none of the tasks is begun
     * @throws IllegalArgumentException if an id lies outside the vocabulary; then none of the tasks is begun
     */
    public List<CompletableFuture<GeneratedResponse>> submit(List<GenerationTask> tasks) {
        return lanes.submit(tasks);
    }

    /**
     * Checks tasks without beginning them.
     *
     * @throws TaskTooLargeException if one of them can never fit the model's positions or the memory for keys and values
     * @throws IllegalArgumentException if an id lies outside the vocabulary
     */
    public void check(List<GenerationTask> tasks) {
        tasks.forEach(lanes::check);
    }

    /**
     * The most tokens that a response may have, by the model's positions and the memory for keys and values; 0 if there is
     * room for none.
     *
     * @param prompt tokens before it
     */
    public int longestResponse(int prompt) {
        return lanes.longestResponse(prompt);
    }

    /** The number of tasks that were submitted and wait for a row or for memory. */
    int waiting() {
        return lanes.waiting();
    }

    /**
     * The log-probabilities of sequences: one number in nats per response token, at temperature 1 over the full vocabulary.
     * Bit-identical whatever other sequences are in the list if matrices have at most 512 inputs; in larger models the last
     * bits may depend on the other sequences, while those that trainers measure do not.
     */
    public List<float[]> logProbs(List<Sequence> sequences) {
        return new Measurement(transformer).logProbs(sequences);
    }

    /** The logits at every position of a text, [length, vocabulary]. */
    public float[][] logits(int[] ids) {
        return new Measurement(transformer).logits(ids);
    }

    /**
     * The logits behind the last token of each prompt, [prompts, vocabulary], computed as generation computes them: in one
     * pass over a cache, the prompts padded on the left to the longest.
     */
    public float[][] logitsBehind(List<int[]> prompts) {
        int longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
        return transformer.exclusively(() -> {
            long cells = (long) prompts.size() * longest * transformer.config().keyValueHeads();
            try (Decoder decoder = new Decoder(transformer, cells)) {
                return decoder.logitsBehind(prompts, longest);
            }
        });
    }

    /** Gives up responses that are not finished and frees the weights; the policy cannot be used afterwards. */
    @Override
    public void close() {
        lanes.close();
        transformer.close();
    }
}
