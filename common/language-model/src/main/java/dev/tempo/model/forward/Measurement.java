package dev.tempo.model.forward;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.model.Sequence;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.Torch;
import java.util.Arrays;
import java.util.List;

/** The measurement of whole sequences without gradients: their log-probabilities or values. */
public final class Measurement {
    /** The tokens of one forward pass: enough to keep the kernels busy, few enough to stay in the processor's cache. */
    private static final int TOKENS = 2048;
    /** The number of logits that are held at once. */
    private static final int LOGITS = 1 << 24;

    private final Transformer transformer;

    public Measurement(Transformer transformer) {
        this.transformer = transformer;
    }

    /** The log-probability in nats of each response token, one array per sequence. */
    public List<float[]> logProbs(List<Sequence> sequences) {
        return measure(sequences, false);
    }

    /** The n + 1 values of each sequence with n response tokens, from the prompt's last token to the response's last. */
    public List<float[]> values(List<Sequence> sequences) {
        return measure(sequences, true);
    }

    /** The logits at every position of a sequence, [length, vocabulary]. */
    public float[][] logits(int[] ids) {
        transformer.check(ids);
        int length = Buckets.length(ids.length);
        int vocabulary = transformer.config().vocabularySize();
        long[] padded = new long[transformer.buckets().rows(1, length) * length];
        long[] rows = new long[length];
        for (int t = 0; t < length; t++) {
            padded[t] = t < ids.length ? ids[t] : 0;
            rows[t] = t;
        }
        float[] flat = transformer.exclusively(() -> {
            transformer.rotary().reach(length);
            try (PtNDManager manager = Torch.newManager();
                    IValue tokens = value(manager, padded, new Shape(padded.length / length, length)); // [B, T]
                    IValue positions = value(manager, rows, new Shape(length))) {
                IValue cos = transformer.rotary().cosValue();
                IValue sin = transformer.rotary().sinValue();
                IValue weights = transformer.weights().list();
                return transformer
                        .script()
                        .tensor(manager, "logits_at", tokens, positions, weights, cos, sin)
                        .toFloatArray();
            }
        });
        float[][] logits = new float[ids.length][];
        Arrays.setAll(logits, t -> Arrays.copyOfRange(flat, t * vocabulary, (t + 1) * vocabulary));
        return logits;
    }

    private List<float[]> measure(List<Sequence> sequences, boolean values) {
        sequences.forEach(transformer::check);
        float[][] results = new float[sequences.size()][];
        List<Buckets.Group> groups = transformer
                .buckets()
                .groups(sequences.size(), row -> inputs(sequences.get(row), values), length -> TOKENS / length);
        return transformer.exclusively(() -> {
            groups.forEach(group -> transformer.rotary().reach(group.length()));
            Torch.computeApart(groups, group -> measure(sequences, group, values, results));
            return List.of(results);
        });
    }

    private void measure(List<Sequence> sequences, Buckets.Group group, boolean values, float[][] results) {
        int length = group.length();
        int extra = values ? 1 : 0;
        long[] ids = new long[transformer.buckets().rows(group.rows().size(), length) * length];
        int count = 0;
        for (int index : group.rows()) {
            count += sequences.get(index).responseIds().length + extra;
        }
        long[] rows = new long[transformer.buckets().measured(Math.max(1, count))];
        long[] targets = new long[rows.length];
        int next = 0;
        for (int row = 0; row < group.rows().size(); row++) {
            Sequence sequence = sequences.get(group.rows().get(row));
            copy(sequence, inputs(sequence, values), ids, row * length);
            long first = (long) row * length + sequence.promptIds().length - 1;
            for (int t = 0; t < sequence.responseIds().length + extra; t++) {
                rows[next] = first + t;
                targets[next] = values ? 0 : sequence.responseIds()[t];
                next++;
            }
        }
        float[] measured = run(ids, length, rows, targets, values);
        int from = 0;
        for (int index : group.rows()) {
            int n = sequences.get(index).responseIds().length + extra;
            results[index] = Arrays.copyOfRange(measured, from, from + n);
            from += n;
        }
    }

    /**
     * The number of a sequence's tokens that are run. For log-probabilities the last token is only predicted, so it is not
     * run; for values all are.
     */
    public static int inputs(Sequence sequence, boolean values) {
        return values || sequence.responseIds().length == 0 ? sequence.length() : sequence.length() - 1;
    }

    /** Copies the first {@code count} ids of a sequence, prompt and response, into an array from an offset on. */
    public static void copy(Sequence sequence, int count, long[] ids, int offset) {
        int prompt = sequence.promptIds().length;
        for (int t = 0; t < count; t++) {
            ids[offset + t] = t < prompt ? sequence.promptIds()[t] : sequence.responseIds()[t - prompt];
        }
    }

    private float[] run(long[] ids, int length, long[] rows, long[] targets, boolean values) {
        int least = transformer.buckets().measured(1);
        int chunk = Math.max(least, LOGITS / transformer.config().vocabularySize() / least * least);
        try (PtNDManager manager = Torch.newManager();
                IValue tokens = value(manager, ids, new Shape(ids.length / length, length)); // [B, T]
                IValue positions = value(manager, rows, new Shape(rows.length));
                IValue wanted = value(manager, targets, new Shape(targets.length));
                IValue chunkRows = IValue.from((long) chunk)) {
            IValue cos = transformer.rotary().cosValue();
            IValue sin = transformer.rotary().sinValue();
            Script script = transformer.script();
            IValue weights = transformer.weights().list();
            TrainableTensors trained = transformer.trained();
            PtNDArray result;
            if (trained != null) {
                IValue matrices = trained.tensors().list();
                try (IValue places = IValue.from(trained.places());
                        IValue plan = IValue.from(trained.plan())) {
                    result = values
                            ? script.tensor(
                                    manager,
                                    "adapted_values",
                                    tokens,
                                    positions,
                                    weights,
                                    matrices,
                                    cos,
                                    sin,
                                    places,
                                    plan)
                            : script.tensor(
                                    manager,
                                    "adapted_log_probs",
                                    tokens,
                                    positions,
                                    wanted,
                                    weights,
                                    matrices,
                                    cos,
                                    sin,
                                    places,
                                    plan,
                                    chunkRows);
                }
            } else if (values) {
                result = script.tensor(manager, "values", tokens, positions, weights, cos, sin);
            } else {
                result = script.tensor(manager, "log_probs", tokens, positions, wanted, weights, cos, sin, chunkRows);
            }
            return result.toFloatArray();
        }
    }

    private static IValue value(PtNDManager manager, long[] numbers, Shape shape) {
        return IValue.from((PtNDArray) manager.create(numbers, shape));
    }
}
