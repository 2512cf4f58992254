package dev.tempo.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.Head;
import dev.tempo.model.Parameter;
import dev.tempo.model.Sequence;
import dev.tempo.model.WeightType;
import dev.tempo.model.files.TensorFile;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.forward.Tensors;
import dev.tempo.model.forward.TrainableTensors;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.TensorSource;
import dev.tempo.model.scripts.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** A transformer with an AdamW optimizer, which the trainers of policy and critic share. */
final class OptimizedTransformer implements AutoCloseable {
    private static final String WEIGHTS = "weights.";
    private static final String FIRST = "first_moment.";
    private static final String SECOND = "second_moment.";

    private final TrainedWeights weights;
    private final PtNDManager manager = Torch.newManager();
    private final @Nullable Tensors gradients;
    private Optimizer settings;
    private Moments moments;

    /** The state of AdamW: running means of gradients and of their squares, and the number of steps as a scalar tensor. */
    private record Moments(Tensors first, Tensors second, PtNDArray steps) {
        void close() {
            first.close();
            second.close();
            steps.close();
        }
    }

    private OptimizedTransformer(TrainedWeights weights, Optimizer settings) {
        this.weights = weights;
        this.settings = settings;
        this.moments = freshMoments();
        this.gradients = weights.method().isAtOnce() ? null : zeros("gradients");
    }

    static OptimizedTransformer start(
            Path modelDirectory, Head head, Optimizer settings, TrainingMethod method, long seed) {
        return new OptimizedTransformer(TrainedWeights.start(modelDirectory, head, method, seed), settings);
    }

    static OptimizedTransformer restore(Path modelDirectory, Path state, Head head, TrainingMethod method) {
        Torch.enter();
        TensorFile file = TensorFile.open(state);
        TrainerState saved = TrainerState.of(file);
        TrainedWeights weights = TrainedWeights.restore(
                modelDirectory,
                head,
                method,
                part -> file.find(WEIGHTS + part.name(), part.shape()).numbers());
        OptimizedTransformer trainer = new OptimizedTransformer(weights, saved.optimizer());
        trainer.moments.close();
        trainer.moments = new Moments(
                read("moments", FIRST, weights.layout(), file),
                read("moments", SECOND, weights.layout(), file),
                trainer.steps(saved.steps()));
        return trainer;
    }

    private static Tensors read(String argument, String prefix, List<Parameter> layout, TensorFile file) {
        return Tensors.read(
                argument,
                layout,
                part -> file.find(prefix + part.name(), part.shape()).numbers());
    }

    private Moments freshMoments() {
        return new Moments(zeros("moments"), zeros("moments"), steps(0));
    }

    private Tensors zeros(String argument) {
        return Tensors.read(argument, weights.layout(), part -> new TensorSource.Constant(0, part.size()));
    }

    private PtNDArray steps(float count) {
        return (PtNDArray) manager.create(count);
    }

    Transformer transformer() {
        return weights.transformer();
    }

    TrainingMethod method() {
        return weights.method();
    }

    Optimizer settings() {
        return settings;
    }

    void learningRate(double rate) {
        settings = settings.withLearningRate(rate);
    }

    void resetOptimizer(Optimizer changed) {
        transformer().exclusively(() -> {
            moments.close();
            moments = freshMoments();
            settings = changed;
            return null;
        });
    }

    /**
     * Takes one step on a mini-batch that is computed at once.
     *
     * @param method the script's method for the step; its name has {@code adapted_} before it where what is trained lies beside the weights
     * @return what the script measured: the loss, the gradient's norm, and others that depend on the method
     * @throws NonFiniteException if loss or gradient norm are not finite, and nothing has changed then; or if a weight or
     *     moment is not finite after the step
     */
    double[] step(String method, PtNDManager step, Inputs inputs) {
        int length = (int) inputs.tensors.head().getShape().get(1);
        transformer().rotary().reach(length);
        TrainableTensors beside = weights.besideWeights();
        NDList arguments = new NDList(inputs.tensors);
        arguments.addAll(transformer().weights().arrays());
        if (beside != null) {
            arguments.addAll(beside.tensors().arrays());
        }
        arguments.addAll(moments.first.arrays());
        arguments.addAll(moments.second.arrays());
        arguments.add(moments.steps);
        arguments.add(transformer().rotary().cos());
        arguments.add(transformer().rotary().sin());
        if (beside != null) {
            arguments.add(beside.places());
            arguments.add(beside.plan());
        }
        arguments.add(Torch.onHost(step).create(all(inputs.lossSettings)));
        double[] measured = transformer()
                .script()
                .train(beside == null ? method : "adapted_" + method, arguments)
                .toDoubleArray();
        requireFinite(measured[0], measured[1]);
        requireFiniteState();
        return measured;
    }

    private static void requireFinite(double loss, double norm) {
        if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
            throw NonFiniteException.of(loss, norm);
        }
    }

    private void requireFiniteState() {
        String found = notFinite();
        if (found != null) {
            throw NonFiniteException.after(found);
        }
    }

    /** The first number of weights and moments that is not finite, in words; null where all are. */
    @Nullable
    String notFinite() {
        String found = weights.tensors().notFinite(WEIGHTS);
        found = found == null ? moments.first.notFinite(FIRST) : found;
        return found == null ? moments.second.notFinite(SECOND) : found;
    }

    private double[] all(List<Double> lossSettings) {
        double[] common = {
            settings.learningRate(), settings.beta1(), settings.beta2(), settings.weightDecay(), settings.gradientClip()
        };
        return DoubleStream.concat(Arrays.stream(common), lossSettings.stream().mapToDouble(Double::doubleValue))
                .toArray();
    }

    /** A part of a mini-batch: gives its inputs, made in a manager. */
    @FunctionalInterface
    interface Part {
        Inputs in(PtNDManager manager);
    }

    /**
     * The inputs of a step's script.
     *
     * @param tensors ids [B, T], then the tensors that the script takes besides
     * @param lossSettings the script's settings from number 5 on
     */
    record Inputs(NDList tensors, List<Double> lossSettings) {}

    /**
     * The measurements of a step whose mini-batch is computed in parts.
     *
     * @param parts per part what the script measured
     * @param loss the sum of the parts' losses
     * @param norm the norm of the gradient of all parts together
     */
    record InParts(List<List<Double>> parts, double loss, double norm) {
        /**
         * The weighted mean over the parts of one of the numbers that the script measured; 0 if all weights are 0.
         *
         * @param index of the number among those measured
         * @param weights one per part
         */
        double mean(int index, List<Integer> weights) {
            double sum = 0;
            double total = 0;
            for (int part = 0; part < parts.size(); part++) {
                sum += parts.get(part).get(index) * weights.get(part);
                total += weights.get(part);
            }
            return total == 0 ? 0 : sum / total;
        }
    }

    /**
     * Takes one step on a mini-batch that is computed in parts, with the sum of their gradients.
     *
     * @param method the script's method that adds a part's gradient
     * @throws NonFiniteException if loss or gradient norm are not finite, and nothing has changed then; or if a weight or
     *     moment is not finite after the step
     */
    InParts stepInParts(String method, List<Part> parts) {
        TrainableTensors trained = Objects.requireNonNull(weights.besideWeights());
        Tensors gradient = Objects.requireNonNull(gradients);
        Script script = transformer().script();
        script.run("forget_gradient", gradient.list()).close();
        List<List<Double>> measured = new ArrayList<>();
        for (Part part : parts) {
            try (PtNDManager step = Torch.newManager()) {
                Inputs inputs = part.in(step);
                int length = (int) inputs.tensors.head().getShape().get(1);
                transformer().rotary().reach(length);
                NDList arguments = new NDList(inputs.tensors);
                arguments.addAll(transformer().weights().arrays());
                arguments.addAll(trained.tensors().arrays());
                arguments.addAll(gradient.arrays());
                arguments.add(transformer().rotary().cos());
                arguments.add(transformer().rotary().sin());
                arguments.add(trained.places());
                arguments.add(trained.plan());
                arguments.add(Torch.onHost(step).create(all(inputs.lossSettings)));
                measured.add(Arrays.stream(script.train(method, arguments).toDoubleArray())
                        .boxed()
                        .toList());
            }
        }
        double loss = measured.stream().mapToDouble(part -> part.get(0)).sum();
        try (PtNDManager step = Torch.newManager()) {
            NDList arguments = new NDList(step.create((float) loss));
            arguments.addAll(trained.tensors().arrays());
            arguments.addAll(gradient.arrays());
            arguments.addAll(moments.first.arrays());
            arguments.addAll(moments.second.arrays());
            arguments.add(moments.steps);
            arguments.add(Torch.onHost(step).create(all(List.of())));
            double norm = script.train("descend_gradient", arguments).toDoubleArray()[0];
            requireFinite(loss, norm);
            requireFiniteState();
            return new InParts(measured, loss, norm);
        }
    }

    void save(Path directory, WeightType type) {
        transformer().exclusively(() -> {
            weights.save(directory, type);
            return null;
        });
    }

    void saveState(Path file, Map<String, String> notes) {
        transformer().exclusively(() -> {
            List<TensorWriter.Tensor> tensors =
                    new ArrayList<>(weights.tensors().named(WEIGHTS, WeightType.FLOAT32));
            tensors.addAll(moments.first.named(FIRST, WeightType.FLOAT32));
            tensors.addAll(moments.second.named(SECOND, WeightType.FLOAT32));
            TrainerState state = new TrainerState(moments.steps.getFloat(), settings, new LinkedHashMap<>(notes));
            TensorWriter.write(file, state.metadata(), tensors);
            return null;
        });
    }

    /**
     * The ids of a step, [B, T], padded on the right to the longest sequence.
     *
     * @param values whether values are computed, for which all tokens are run; for log-probabilities the last token is not
     */
    static NDArray ids(PtNDManager manager, List<Sequence> sequences, boolean values) {
        int length = sequences.stream()
                .mapToInt(sequence -> Measurement.inputs(sequence, values))
                .max()
                .orElseThrow();
        long[] ids = new long[sequences.size() * length];
        for (int row = 0; row < sequences.size(); row++) {
            Sequence sequence = sequences.get(row);
            Measurement.copy(sequence, Measurement.inputs(sequence, values), ids, row * length);
        }
        return manager.create(ids, new Shape(sequences.size(), length));
    }

    static NDArray numbers(PtNDManager manager, float[][] rows, int columns) {
        float[] flat = new float[rows.length * columns];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * columns, columns);
        }
        return manager.create(flat, new Shape(rows.length, columns));
    }

    @Override
    public void close() {
        weights.close();
        moments.close();
        if (gradients != null) {
            gradients.close();
        }
        manager.close();
    }
}
