package dev.tempo.model.training;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.inference.Critic;
import dev.tempo.model.scripts.Torch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trainer of a critic: weights, AdamW moments and step count. Calls from several threads take turns. */
public final class CriticTrainer implements AutoCloseable {
    private final OptimizedTransformer trainer;

    private CriticTrainer(OptimizedTransformer trainer) {
        this.trainer = trainer;
    }

    /**
     * A trainer that starts from a Hugging Face directory, of a critic or of a policy (see {@link Critic#load}), with a new
     * optimizer.
     */
    public static CriticTrainer start(Path modelDirectory, Optimizer optimizer) {
        return start(modelDirectory, optimizer, TrainingMethod.plain(), 0);
    }

    /**
     * A trainer that starts from a Hugging Face directory, of a critic or of a policy, by a training method. With LoRA the
     * head is trained beside the adapter.
     *
     * @param seed of the numbers that a new LoRA adapter begins with; unused if the directory holds an adapter with these
     *     settings
     */
    public static CriticTrainer start(Path modelDirectory, Optimizer optimizer, TrainingMethod method, long seed) {
        return new CriticTrainer(OptimizedTransformer.start(modelDirectory, Head.VALUE, optimizer, method, seed));
    }

    /**
     * A trainer that continues bit for bit where {@link #saveState} was called, optimizer settings included.
     *
     * @param modelDirectory any version of the same model; gives config and tokenizer, not weights
     * @param state the file that was saved
     */
    static CriticTrainer restore(Path modelDirectory, Path state) {
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
    public static CriticTrainer restore(Path modelDirectory, Path state, TrainingMethod method) {
        return new CriticTrainer(OptimizedTransformer.restore(modelDirectory, state, Head.VALUE, method));
    }

    /** The notes of a state file, as given to {@link #saveState}. */
    public static Map<String, String> notes(Path state) {
        return TrainerState.notes(state);
    }

    ModelConfig config() {
        return trainer.transformer().config();
    }

    Optimizer optimizer() {
        return trainer.settings();
    }

    /** The values of sequences under the present weights, as {@link Critic#values} gives them. */
    public List<float[]> values(List<Sequence> sequences) {
        return new Measurement(trainer.transformer()).values(sequences);
    }

    /**
     * Takes one optimizer step on a mini-batch.
     *
     * @throws NonFiniteException if loss or gradient are not finite, and nothing has changed then; or if a weight or moment
     *     is not finite after the step
     */
    public StepStats step(CriticMiniBatch batch, CriticLossSettings settings) {
        List<Sequence> sequences = batch.sequences();
        sequences.forEach(trainer.transformer()::check);
        if (settings.kind() == ValueLossKind.CLIPPED && batch.oldValues().isEmpty()) {
            throw new IllegalArgumentException("the clipped critic loss needs the batch's old values");
        }
        int values = CriticTokens.count(batch);
        if (!trainer.method().isAtOnce()) {
            return trainer.transformer().exclusively(() -> stepInParts(batch, settings));
        }
        return trainer.transformer().exclusively(() -> {
            try (PtNDManager manager = Torch.newManager()) {
                double[] measured = trainer.step("critic_step", manager, inputs(manager, batch, batch, settings));
                return new StepStats(measured[0], measured[1], measured[2], 0, 0, values);
            }
        });
    }

    private StepStats stepInParts(CriticMiniBatch batch, CriticLossSettings settings) {
        List<CriticMiniBatch> parts = batch.parts(trainer.method().microBatchTokens());
        OptimizedTransformer.InParts measured = trainer.stepInParts(
                "critic_gradient",
                parts.stream()
                        .map(part -> (OptimizedTransformer.Part) manager -> inputs(manager, part, batch, settings))
                        .toList());
        List<Integer> values = parts.stream().map(CriticTokens::count).toList();
        return new StepStats(
                measured.loss(), measured.norm(), measured.mean(1, values), 0, 0, CriticTokens.count(batch));
    }

    private static OptimizedTransformer.Inputs inputs(
            PtNDManager manager, CriticMiniBatch batch, CriticMiniBatch whole, CriticLossSettings settings) {
        var ids = OptimizedTransformer.ids(manager, batch.sequences(), true);
        CriticTokens tokens =
                CriticTokens.of(batch, whole, settings, (int) ids.getShape().get(1));
        NDList tensors = new NDList(
                ids,
                manager.create(tokens.rows()),
                manager.create(tokens.owners()),
                OptimizedTransformer.numbers(manager, tokens.numbers(), tokens.rows().length));
        return new OptimizedTransformer.Inputs(
                tensors, List.of(settings.kind() == ValueLossKind.CLIPPED ? 1. : 0., settings.clip(), 0., (double)
                        batch.sequences().size()));
    }

    /** The first number of weights and moments that is NaN or infinite, in words; empty where all are finite. */
    public Optional<String> notFinite() {
        return trainer.transformer().exclusively(() -> Optional.ofNullable(trainer.notFinite()));
    }

    /**
     * Checks that the critic can process a sequence.
     *
     * @throws IllegalArgumentException if an id lies outside the vocabulary or the sequence is longer than the model's positions
     */
    public void check(Sequence sequence) {
        trainer.transformer().check(sequence);
    }

    /**
     * Sets moments and step count to zero and keeps the weights.
     *
     * @param settings the optimizer's settings from now on
     */
    public void resetOptimizer(Optimizer settings) {
        trainer.resetOptimizer(settings);
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
    void save(Path directory, WeightType type) {
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
        trainer.close();
    }
}
