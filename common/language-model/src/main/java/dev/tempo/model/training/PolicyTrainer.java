package dev.tempo.model.training;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.scripts.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A trainer of a policy: weights, AdamW moments and step count. Calls from several threads take turns. */
public final class PolicyTrainer implements AutoCloseable {
    private OptimizedTransformer trainer;
    private boolean closed;

    private PolicyTrainer(OptimizedTransformer trainer) {
        this.trainer = trainer;
    }

    /** A trainer that starts from a Hugging Face directory with a new optimizer. */
    public static PolicyTrainer start(Path modelDirectory, Optimizer optimizer) {
        return start(modelDirectory, optimizer, TrainingMethod.plain(), 0);
    }

    /**
     * A trainer that starts from a Hugging Face directory by a training method.
     *
     * @param seed of the numbers that a new LoRA adapter begins with; unused if the directory holds an adapter with these
     *     settings
     */
    public static PolicyTrainer start(Path modelDirectory, Optimizer optimizer, TrainingMethod method, long seed) {
        return new PolicyTrainer(OptimizedTransformer.start(modelDirectory, Head.VOCABULARY, optimizer, method, seed));
    }

    /**
     * A trainer that continues bit for bit where {@link #saveState} was called, optimizer settings included.
     *
     * @param modelDirectory any version of the same model; gives config and tokenizer, not weights
     * @param state the file that was saved
     */
    static PolicyTrainer restore(Path modelDirectory, Path state) {
        return restore(modelDirectory, state, TrainingMethod.plain());
    }

    /**
     * A trainer that continues bit for bit where {@link #saveState} was called, optimizer settings included.
     *
     * @param modelDirectory any version of the same model; gives config and tokenizer, and the weights that LoRA does not
     *     train
     * @param state the file that was saved
     * @param method the training method of the trainer that saved the state
     */
    public static PolicyTrainer restore(Path modelDirectory, Path state, TrainingMethod method) {
        return new PolicyTrainer(OptimizedTransformer.restore(modelDirectory, state, Head.VOCABULARY, method));
    }

    /**
     * Becomes the trainer that {@link #restore(Path, Path, TrainingMethod)} would give for a state that a trainer of this method has saved:
     * weights, moments, step count and optimizer settings. What it was is let go of first, so that memory holds one of both. One thread uses
     * the trainer meanwhile; if this fails it can only be closed.
     *
     * @param modelDirectory any version of the same model, as for restoring
     * @param state the file that was saved
     */
    public void goBackTo(Path modelDirectory, Path state) {
        replace(() -> OptimizedTransformer.restore(modelDirectory, state, Head.VOCABULARY, trainer.method()));
    }

    /**
     * Becomes the trainer that {@link #start(Path, Optimizer, TrainingMethod, long)} would give, with a new optimizer, as {@link #goBackTo}
     * becomes another one.
     */
    public void goBackToStart(Path modelDirectory, Optimizer optimizer, long seed) {
        replace(() -> OptimizedTransformer.start(modelDirectory, Head.VOCABULARY, optimizer, trainer.method(), seed));
    }

    private void replace(Supplier<OptimizedTransformer> other) {
        close();
        trainer = other.get();
        closed = false;
    }

    /** The notes of a state file, as given to {@link #saveState}. */
    public static Map<String, String> notes(Path state) {
        return TrainerState.notes(state);
    }

    /**
     * Checks that the policy can process a sequence.
     *
     * @throws IllegalArgumentException if an id lies outside the vocabulary or the sequence is longer than the model's positions
     */
    public void check(Sequence sequence) {
        trainer.transformer().check(sequence);
    }

    ModelConfig config() {
        return trainer.transformer().config();
    }

    Optimizer optimizer() {
        return trainer.settings();
    }

    /** The log-probabilities of sequences in nats under the present weights, as {@link Policy#logProbs} gives them. */
    public List<float[]> logProbs(List<Sequence> sequences) {
        return new Measurement(trainer.transformer()).logProbs(sequences);
    }

    /**
     * Takes one optimizer step on a mini-batch.
     *
     * @throws NonFiniteException if loss or gradient are not finite, and nothing has changed then; or if a weight or moment
     *     is not finite after the step
     * @throws IllegalArgumentException if no token of the batch counts
     */
    public StepStats step(PolicyMiniBatch batch, PolicyLossSettings settings) {
        batch.sequences().forEach(trainer.transformer()::check);
        batch.rehearsal().forEach(trainer.transformer()::check);
        PolicyTokens.Totals totals = PolicyTokens.Totals.of(batch, settings);
        if (!trainer.method().isAtOnce()) {
            return trainer.transformer().exclusively(() -> stepInParts(batch, totals, settings));
        }
        return trainer.transformer().exclusively(() -> {
            try (PtNDManager manager = Torch.newManager()) {
                OptimizedTransformer.Inputs inputs = inputs(manager, batch, totals, settings);
                double[] measured = trainer.step("policy_step", manager, inputs);
                return new StepStats(measured[0], measured[1], measured[2], measured[3], measured[4], totals.counted());
            }
        });
    }

    private StepStats stepInParts(PolicyMiniBatch batch, PolicyTokens.Totals totals, PolicyLossSettings settings) {
        List<PolicyMiniBatch> parts =
                batch.parts(settings.rehearsalWeight() > 0, trainer.method().microBatchTokens());
        OptimizedTransformer.InParts measured = trainer.stepInParts(
                "policy_gradient",
                parts.stream()
                        .map(part -> (OptimizedTransformer.Part) manager -> inputs(manager, part, totals, settings))
                        .toList());
        List<Integer> counted = parts.stream()
                .map(part -> part.sequences().stream()
                        .mapToInt(Sequence::policyTokens)
                        .sum())
                .toList();
        return new StepStats(
                measured.loss(),
                measured.norm(),
                measured.mean(1, counted),
                measured.mean(2, counted),
                measured.mean(3, counted),
                totals.counted());
    }

    private static OptimizedTransformer.Inputs inputs(
            PtNDManager manager, PolicyMiniBatch batch, PolicyTokens.Totals totals, PolicyLossSettings settings) {
        List<Sequence> sequences = new ArrayList<>(batch.sequences());
        if (settings.rehearsalWeight() > 0) {
            sequences.addAll(batch.rehearsal());
        }
        var ids = OptimizedTransformer.ids(manager, sequences, false);
        int length = (int) ids.getShape().get(1);
        PolicyTokens tokens = PolicyTokens.of(batch, totals, settings, length);
        NDList tensors = new NDList(
                ids,
                manager.create(tokens.rows()),
                manager.create(tokens.targets()),
                manager.create(tokens.owners()),
                OptimizedTransformer.numbers(manager, tokens.numbers(), tokens.rows().length));
        return new OptimizedTransformer.Inputs(
                tensors,
                List.of(
                        settings.kind() == PolicyLossKind.SEQUENCE_CLIP ? 1. : 0.,
                        settings.clipLow(),
                        settings.clipHigh(),
                        (double) sequences.size()));
    }

    /** The first number of weights and moments that is NaN or infinite, in words; empty where all are finite. */
    public Optional<String> notFinite() {
        return trainer.transformer().exclusively(() -> Optional.ofNullable(trainer.notFinite()));
    }

    /**
     * Sets moments and step count to zero and keeps the weights.
     *
     * @param settings the optimizer's settings from now on
     */
    public void resetOptimizer(Optimizer settings) {
        trainer.resetOptimizer(settings);
    }

    void learningRate(double rate) {
        trainer.learningRate(rate);
    }

    /**
     * Writes the weights in float32, or a LoRA adapter in PEFT's form, as a Hugging Face directory with the config and
     * tokenizer that training started from. Files are synced and renamed into place one by one, the weights last: where they
     * are, the directory is complete.
     */
    public void save(Path directory) {
        save(directory, WeightType.FLOAT32);
    }

    /** Writes them as {@link #save(Path)} does, and notes what the files besides the weights hash to. */
    public void saveVersion(Path directory) {
        save(directory);
        new ModelDirectory(directory).noteFiles();
    }

    /** Writes the weights, or a LoRA adapter, rounded to a type, as {@link #save(Path)} does. */
    public void save(Path directory, WeightType type) {
        trainer.save(directory, type);
    }

    /**
     * Writes weights, moments, step count and optimizer settings into one file, which is synced and atomically renamed into
     * place.
     *
     * @param notes texts that the caller wants to keep in the file, such as round and offsets
     */
    public void saveState(Path file, Map<String, String> notes) {
        trainer.saveState(file, notes);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            trainer.close();
        }
    }
}
