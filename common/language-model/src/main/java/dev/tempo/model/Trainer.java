package dev.tempo.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A transformer with an AdamW optimizer: what policy and critic trainers share. */
final class Trainer implements AutoCloseable {
    private static final String WEIGHTS = "weights.";
    private static final String FIRST = "first_moment.";
    private static final String SECOND = "second_moment.";

    private final Transformer transformer;
    private final ModelFiles files;
    private final PtNDManager manager = Torch.newManager();
    private OptimizerSettings settings;
    private Moments moments;

    /** AdamW's running means of gradients and of their squares, and its number of steps, a scalar tensor. */
    private record Moments(Tensors first, Tensors second, PtNDArray steps) {
        void close() {
            first.close();
            second.close();
            steps.close();
        }
    }

    private Trainer(Transformer transformer, ModelFiles files, OptimizerSettings settings) {
        this.transformer = transformer;
        this.files = files;
        this.settings = settings;
        this.moments = freshMoments();
    }

    static Trainer start(Path modelDirectory, Head head, OptimizerSettings settings) {
        return new Trainer(Transformer.load(modelDirectory, head), ModelFiles.read(modelDirectory), settings);
    }

    static Trainer restore(Path modelDirectory, Path state, Head head) {
        ModelConfig config = new ModelDirectory(modelDirectory).config();
        List<Parameter> layout = ModelLayout.of(config, head);
        Torch.enter();
        TensorFile file = TensorFile.open(state);
        TrainerState saved = TrainerState.of(file);
        Transformer transformer = new Transformer(config, head, read("weights", WEIGHTS, layout, file));
        Trainer trainer = new Trainer(transformer, ModelFiles.read(modelDirectory), saved.optimizer());
        trainer.moments.close();
        trainer.moments = new Moments(
                read("moments", FIRST, layout, file),
                read("moments", SECOND, layout, file),
                trainer.steps(saved.steps()));
        return trainer;
    }

    private static Tensors read(String argument, String prefix, List<Parameter> layout, TensorFile file) {
        return Tensors.read(argument, layout, part -> file.find(prefix + part.name(), part.shape()));
    }

    private Moments freshMoments() {
        List<Parameter> layout = ModelLayout.of(transformer.config(), transformer.head());
        return new Moments(zeros(layout), zeros(layout), steps(0));
    }

    private static Tensors zeros(List<Parameter> layout) {
        return Tensors.read("moments", layout, part -> new Numbers.Constant(0, part.size()));
    }

    private PtNDArray steps(float count) {
        return (PtNDArray) manager.create(count);
    }

    Transformer transformer() {
        return transformer;
    }

    OptimizerSettings settings() {
        return settings;
    }

    void learningRate(double rate) {
        settings = settings.withLearningRate(rate);
    }

    void resetOptimizer(OptimizerSettings changed) {
        transformer.exclusively(() -> {
            moments.close();
            moments = freshMoments();
            settings = changed;
            return null;
        });
    }

    /**
     * Runs a step's script.
     *
     * @param inputs ids [B, T], then the script's own
     * @param lossSettings what the script reads as settings 5 and up
     * @return what the script measured
     * @throws NonFiniteLossException if the first two of those, loss and gradient norm, are not finite
     */
    double[] step(String method, PtNDManager step, NDList inputs, double... lossSettings) {
        int length = (int) inputs.head().getShape().get(1);
        transformer.rotary().reach(length);
        NDList arguments = new NDList(inputs);
        arguments.addAll(transformer.weights().arrays());
        arguments.addAll(moments.first.arrays());
        arguments.addAll(moments.second.arrays());
        arguments.add(moments.steps);
        arguments.add(transformer.rotary().cos());
        arguments.add(transformer.rotary().sin());
        double[] common = {
            settings.learningRate(), settings.beta1(), settings.beta2(), settings.weightDecay(), settings.gradientClip()
        };
        double[] all = new double[common.length + lossSettings.length];
        System.arraycopy(common, 0, all, 0, common.length);
        System.arraycopy(lossSettings, 0, all, common.length, lossSettings.length);
        arguments.add(step.create(all));
        double[] measured = transformer.script().train(method, arguments).toDoubleArray();
        if (!Double.isFinite(measured[0]) || !Double.isFinite(measured[1])) {
            throw new NonFiniteLossException(measured[0], measured[1]);
        }
        return measured;
    }

    void save(Path directory, WeightType type) {
        transformer.exclusively(() -> {
            files.save(directory, type, transformer.weights().named("", type));
            return null;
        });
    }

    void saveState(Path file, Map<String, String> notes) {
        transformer.exclusively(() -> {
            List<TensorWriter.Tensor> tensors =
                    new ArrayList<>(transformer.weights().named(WEIGHTS, WeightType.FLOAT32));
            tensors.addAll(moments.first.named(FIRST, WeightType.FLOAT32));
            tensors.addAll(moments.second.named(SECOND, WeightType.FLOAT32));
            TrainerState state = new TrainerState(moments.steps.getFloat(), settings, new LinkedHashMap<>(notes));
            TensorWriter.write(file, state.metadata(), tensors);
            return null;
        });
    }

    /** The ids that a step runs, [B, T], padded on the right to the longest. */
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
        NDArray numbers = manager.create(new Shape(rows.length, columns), DataType.FLOAT32);
        float[] flat = new float[rows.length * columns];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, flat, row * columns, columns);
        }
        numbers.set(flat);
        return numbers;
    }

    @Override
    public void close() {
        transformer.close();
        moments.close();
        manager.close();
    }
}
