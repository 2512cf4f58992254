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

/** The sampler of next tokens: for each row one uniform number of the row's own random stream per response position. */
final class TokenSampler {
    /** The number of logits that are held at once. */
    static final int LOGITS = 1 << 22;
    /** The number of most probable tokens that are sorted first; all are sorted only where these do not suffice. */
    private static final int LOOKED = 1024;

    private static final int NUMBERS = 6;
    private static final int DRAWN = 3;
    /** The settings of rows that only pad a batch. */
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
     * Draws the first tokens of rows.
     *
     * @param hidden final hidden states at the last tokens of distinct prompts
     * @param sources for each row the index of its prompt's hidden state
     * @param weights as the script's inputs_first lays them out
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
     * Collects for every row what the script draws its next token with, and asks the rows' environments for tokens.
     *
     * @param numbers filled with what the script takes for each row, [6, width]
     * @return what the script takes for all rows together
     */
    long[] ask(List<Row> rows, DoubleBuffer numbers) {
        int width = numbers.limit() / NUMBERS;
        long looked = 0;
        long tempered = 0;
        long forced = 0;
        long alternatives = 0;
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
            TokenReader reader = row.task().reader();
            if (reader != null && reader.alternatives() > 0) {
                // Always as many: among equal logits, which come first depends on how many are asked for.
                alternatives = Math.min(TokenReader.MOST_ALTERNATIVES, config.vocabularySize());
            }
        }
        for (int i = rows.size(); i < width; i++) {
            put(numbers, width, i, 0, Environment.NONE, ANY);
        }
        return new long[] {blocked, chunk, looked, tempered, forced, alternatives};
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

    /** Appends to the rows the tokens that the script has drawn, [width, 3 + 2 * alternatives]. */
    void append(List<Row> rows, PtNDArray tokens) {
        double[] drawn = tokens.toDoubleArray();
        int width = (int) tokens.getShape().get(1);
        int alternatives = (width - DRAWN) / 2;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (!row.over()) {
                int at = width * i;
                append(row, (int) drawn[at], (float) drawn[at + 1], (float) Math.log(drawn[at + 2]));
                read(row, drawn, at, alternatives);
            }
        }
    }

    /** Shows the token just written to the row's reader, if it has one; a row whose reader throws is finished. */
    private static void read(Row row, double[] drawn, int at, int alternatives) {
        TokenReader reader = row.task().reader();
        if (reader == null || row.failed()) {
            return;
        }
        try {
            int count = Math.min(alternatives, reader.alternatives());
            int[] likeliest = new int[count];
            float[] logProbs = new float[count];
            for (int i = 0; i < count; i++) {
                likeliest[i] = (int) drawn[at + DRAWN + i];
                logProbs[i] = (float) drawn[at + DRAWN + alternatives + i];
            }
            reader.wrote((int) drawn[at], (float) drawn[at + 1], likeliest, logProbs);
        } catch (RuntimeException broken) {
            row.fail(broken);
        }
    }

    /**
     * The token that a row's environment writes next, or {@link Environment#NONE}; a row whose environment throws is
     * finished.
     */
    private int forced(Row row) {
        try {
            return row.response().forced(config.vocabularySize());
        } catch (RuntimeException broken) {
            row.fail(broken);
            return Environment.NONE;
        }
    }

    /** Appends a token; a row whose text cannot be searched for stop strings is finished. */
    private void append(Row row, int id, float logProb, float drawnLogProb) {
        try {
            row.response().append(id, logProb, drawnLogProb, config);
        } catch (RuntimeException broken) {
            row.fail(broken);
        }
    }
}
