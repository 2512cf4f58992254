package dev.tempo.model.inference;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.scripts.Torch;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.OptionalInt;

/** Draws rows' next tokens, one uniform of each row's own stream per position. */
final class TokenSampler {
    /** Logits held at once. */
    static final int LOGITS = 1 << 22;
    /** Most probable tokens that are sorted before all are. */
    private static final int LOOKED = 1024;

    private static final int NUMBERS = 6;
    private static final int DRAWN = 3;
    /** Of rows that pad a batch. */
    private static final SamplingSettings ANY = new SamplingSettings(1, 1);

    private final Transformer transformer;
    private final ModelConfig config;
    private final long blocked;
    private final long chunk;

    TokenSampler(Transformer transformer) {
        this.transformer = transformer;
        this.config = transformer.config();
        OptionalInt pad = config.padTokenId();
        // A pad that also ends responses, as in some of Qwen3's configs, must stay possible.
        this.blocked = pad.isPresent() && !config.endTokenIds().contains(pad.getAsInt()) ? pad.getAsInt() : -1;
        int least = transformer.buckets().cached(1);
        int most = LOGITS / config.vocabularySize();
        this.chunk = Math.max(least, most / least * least);
    }

    /**
     * First tokens.
     *
     * @param hidden final hidden states
     * @param sources which of them each row begins with
     * @param weights as the script's inputs_first has them
     */
    void first(IValue hidden, List<Row> rows, List<Integer> sources, IValue weights) {
        int width = transformer.buckets().cached(rows.size());
        long[] padded = new long[width];
        for (int row = 0; row < rows.size(); row++) {
            padded[row] = sources.get(row);
        }
        DoubleBuffer numbers = DoubleBuffer.allocate(NUMBERS * width);
        try (IValue how = IValue.listFrom(ask(rows, numbers));
                PtNDManager manager = Torch.newManager();
                IValue from = IValue.from((PtNDArray) manager.create(padded, new Shape(width)));
                IValue draws = IValue.from((PtNDArray) manager.create(numbers.array(), new Shape(NUMBERS, width)))) {
            append(rows, transformer.script().tensor(manager, "begin", hidden, from, draws, how, weights));
        }
    }

    /**
     * Asks every row for what its next token is drawn with.
     *
     * @param numbers [6, width] that the script takes of rows
     * @return what it takes of all together
     */
    long[] ask(List<Row> rows, DoubleBuffer numbers) {
        int width = numbers.limit() / NUMBERS;
        long looked = 0;
        long tempered = 0;
        long forced = 0;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            SamplingSettings sampling = row.task().sampling();
            int id = forced(row);
            put(numbers, width, i, row.response().uniform(), id, sampling);
            if (id != Environment.NONE) {
                forced = 1;
            }
            if (sampling.temperature() != 1) {
                tempered = 1;
            }
            if (sampling.truncates()) {
                looked = Math.max(looked, Math.max(LOOKED, sampling.topK()));
            }
        }
        for (int i = rows.size(); i < width; i++) {
            put(numbers, width, i, 0, Environment.NONE, ANY);
        }
        return new long[] {blocked, chunk, looked, tempered, forced};
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

    /** Appends what was drawn, [width, 3] as the script gives it. */
    void append(List<Row> rows, PtNDArray tokens) {
        double[] drawn = tokens.toDoubleArray();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (!row.over()) {
                int at = DRAWN * i;
                append(row, (int) drawn[at], (float) drawn[at + 1], (float) Math.log(drawn[at + 2]));
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
