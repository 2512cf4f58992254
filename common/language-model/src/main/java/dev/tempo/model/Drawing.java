package dev.tempo.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.OptionalInt;

/** Draws rows' next tokens, one uniform of each row's own stream per position. */
final class Drawing {
    /** Logits held at once. */
    static final int LOGITS = 1 << 22;
    /** Most probable tokens that are sorted before all are. */
    private static final int LOOKED = 1024;

    private static final int NUMBERS = 6;
    /** Of rows that pad a batch. */
    private static final SamplingSettings ANY = new SamplingSettings(1, 1);

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

    /**
     * First tokens.
     *
     * @param hidden final hidden states
     * @param sources which of them each row begins with
     */
    void first(IValue hidden, List<Row> rows, List<Integer> sources) {
        int width = transformer.buckets().rows(rows.size());
        long[] padded = new long[width];
        for (int row = 0; row < rows.size(); row++) {
            padded[row] = sources.get(row);
        }
        DoubleBuffer numbers = DoubleBuffer.allocate(NUMBERS * width);
        ask(rows, numbers);
        try (PtNDManager manager = Torch.newManager();
                IValue from = IValue.from((PtNDArray) manager.create(padded, new Shape(width)));
                IValue draws = IValue.from((PtNDArray) manager.create(numbers.array(), new Shape(NUMBERS, width)));
                IValue how = how(rows)) {
            append(
                    rows,
                    transformer
                            .script()
                            .tensor(
                                    manager,
                                    "begin",
                                    hidden,
                                    from,
                                    draws,
                                    how,
                                    transformer.weights().list()));
        }
    }

    /** Asks every row for what its next token is drawn with; numbers [6, width] are what the script takes. */
    void ask(List<Row> rows, DoubleBuffer numbers) {
        int width = numbers.limit() / NUMBERS;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            put(
                    numbers,
                    width,
                    i,
                    row.response().uniform(),
                    forced(row),
                    row.task().sampling());
        }
        for (int i = rows.size(); i < width; i++) {
            put(numbers, width, i, 0, Environment.NONE, ANY);
        }
    }

    private static void put(
            DoubleBuffer numbers, int width, int at, double uniform, int forced, SamplingSettings sampling) {
        numbers.put(at, uniform);
        numbers.put(width + at, forced);
        numbers.put(2 * width + at, sampling.temperature());
        numbers.put(3 * width + at, sampling.topK());
        numbers.put(4 * width + at, sampling.topP());
        numbers.put(5 * width + at, sampling.minP());
    }

    /** What the script takes of rows as a whole. */
    IValue how(List<Row> rows) {
        long looked = 0;
        long greedy = 0;
        for (Row row : rows) {
            SamplingSettings sampling = row.task().sampling();
            if (sampling.temperature() == 0) {
                greedy = 1;
            }
            if (sampling.truncates()) {
                looked = Math.max(looked, Math.max(LOOKED, sampling.topK()));
            }
        }
        return IValue.listFrom(blocked, chunk, looked, greedy);
    }

    /** Appends what was drawn, [3, width] as the script gives it. */
    void append(List<Row> rows, PtNDArray tokens) {
        double[] drawn = tokens.toDoubleArray();
        int width = drawn.length / 3;
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
