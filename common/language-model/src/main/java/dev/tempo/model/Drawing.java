package dev.tempo.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Draws rows' next tokens, one uniform of each row's own stream per position. */
final class Drawing {
    /** Logits held at once. */
    static final int LOGITS = 1 << 22;
    /** Most probable tokens that are sorted before all are. */
    private static final int LOOKED = 1024;

    private final Transformer transformer;
    private final ModelConfig config;
    private final long blocked;
    private final long chunk;

    Drawing(Transformer transformer) {
        this.transformer = transformer;
        this.config = transformer.config();
        OptionalInt pad = config.padTokenId();
        // A pad that also ends responses, as in some of Qwen3's configs, must stay possible.
        this.blocked = pad.isPresent() && !config.endTokenIds().contains(pad.getAsInt()) ? pad.getAsInt() : -1;
        int least = transformer.buckets().rows(1);
        this.chunk = Math.max(least, LOGITS / config.vocabularySize() / least * least);
    }

    /** A script's method that draws. */
    interface Method {
        PtNDArray drawn(IValue draws, IValue blocked, IValue chunk, IValue looked, IValue greedy);
    }

    /**
     * First tokens.
     *
     * @param hidden final hidden states
     * @param sources which of them each row begins with
     */
    void first(IValue hidden, List<Row> rows, List<Integer> sources) {
        long[] padded = new long[transformer.buckets().rows(rows.size())];
        for (int row = 0; row < rows.size(); row++) {
            padded[row] = sources.get(row);
        }
        try (PtNDManager manager = Torch.newManager();
                IValue from = IValue.from((PtNDArray) manager.create(padded, new Shape(padded.length)))) {
            IValue weights = transformer.weights().list();
            draw(
                    manager,
                    rows,
                    (draws, pad, size, looked, greedy) -> transformer
                            .script()
                            .tensor(manager, "begin", hidden, from, draws, pad, size, looked, greedy, weights));
        }
    }

    /** Draws a token for every row and appends it. */
    void draw(PtNDManager manager, List<Row> rows, Method method) {
        int width = transformer.buckets().rows(rows.size());
        double[] numbers = new double[6 * width];
        Arrays.fill(numbers, width, 2 * width, -1);
        Arrays.fill(numbers, 2 * width, 3 * width, 1);
        Arrays.fill(numbers, 4 * width, 5 * width, 1);
        long most = 0;
        boolean greedily = false;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            SamplingSettings sampling = row.task().sampling();
            numbers[i] = row.response().uniform();
            numbers[width + i] = forced(row);
            numbers[2 * width + i] = sampling.temperature();
            numbers[3 * width + i] = sampling.topK();
            numbers[4 * width + i] = sampling.topP();
            numbers[5 * width + i] = sampling.minP();
            greedily |= sampling.temperature() == 0;
            if (sampling.truncates()) {
                most = Math.max(most, Math.max(LOOKED, sampling.topK()));
            }
        }
        double[] drawn;
        try (IValue draws = IValue.from((PtNDArray) manager.create(numbers, new Shape(6, width)));
                IValue pad = IValue.from(blocked);
                IValue size = IValue.from(chunk);
                IValue looked = IValue.from(most);
                IValue greedy = IValue.from(greedily)) {
            drawn = method.drawn(draws, pad, size, looked, greedy).toDoubleArray();
        }
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (!row.over()) {
                append(row, (int) drawn[i], (float) drawn[width + i], (float) drawn[2 * width + i]);
            }
        }
    }

    /** What a row's environment writes; a row whose environment breaks is over. */
    private int forced(Row row) {
        try {
            return row.response().forced(config.vocabularySize());
        } catch (RuntimeException broken) {
            row.fail(broken);
            return Environment.NONE;
        }
    }

    /** A row whose text cannot be watched for stop strings is over, too. */
    private void append(Row row, int id, float logProb, float drawnLogProb) {
        try {
            row.response().append(id, logProb, drawnLogProb, config);
        } catch (RuntimeException broken) {
            row.fail(broken);
        }
    }
}
