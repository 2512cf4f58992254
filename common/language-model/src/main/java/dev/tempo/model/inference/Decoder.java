package dev.tempo.model.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.WeightType;
import dev.tempo.model.forward.RotaryTables;
import dev.tempo.model.forward.Tensors;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A cache of keys and values with the passes that fill and read it. Used and closed by one thread at a time. */
final class Decoder implements AutoCloseable {
    /** The number of a prompt's positions that one pass runs. */
    private static final int CHUNK = 256;
    /** The number of tokens of one pass over prompts. */
    static final int TOKENS = 1024;
    /** The number of entries in the attention masks of one pass over prompts. */
    static final int MASKS = 1 << 24;

    private final Transformer transformer;
    private final ModelConfig config;
    private final TokenSampler sampler;
    private final PassNumbers numbers;
    private final PtNDManager memory = Torch.newManager();
    private final IValue pool;
    /** The weights as decoding.torchscript lays them out once per cache. */
    private final IValue weights;

    private final IValue fixed;
    /** The sampling numbers that hold for all rows together and seldom change. */
    private long[] asked = {};

    private IValue how = IValue.listFrom(asked);

    /**
     * Makes an empty cache.
     *
     * @param cells the size of the cache; a cell holds key and value of one position and key-value head, in all layers
     */
    Decoder(Transformer transformer, long cells) {
        this.transformer = transformer;
        this.config = transformer.config();
        this.sampler = new TokenSampler(transformer);
        this.numbers = new PassNumbers(config.keyValueHeads(), cells);
        // What pads a batch writes behind the last cell.
        long all = cells + config.keyValueHeads();
        this.pool = value(Tensors.empty(memory, transformer.type(), config.layers(), 2, all, config.headDimension()));
        this.weights = script().run("inputs_first", transformer.weights().list());
        this.fixed = script().run("fix", pool, transformer.weights().list());
    }

    /** The size of one cell in bytes. */
    static long cellBytes(ModelConfig config, WeightType type) {
        return 2L * type.bytes() * config.layers() * config.headDimension();
    }

    /**
     * Runs every distinct prompt once, copies its keys and values to the rows that start from it, and draws the rows' first
     * tokens.
     */
    void begin(Cohort cohort) {
        int rows = cohort.rows().size();
        int positions = cohort.rows().stream()
                .mapToInt(row -> row.promptLength() + row.task().sampling().maxNewTokens())
                .max()
                .orElseThrow();
        transformer.rotary().reach(positions);
        clear(cohort.cell(), rows * block(cohort.capacity()));
        List<int[]> prompts = cohort.rows().subList(0, cohort.distinct()).stream()
                .map(row -> row.task().promptIds())
                .toList();
        int pass = promptsOfAPass(cohort.promptLength());
        for (int from = 0; from < prompts.size(); from += pass) {
            List<int[]> some = prompts.subList(from, Math.min(prompts.size(), from + pass));
            long cell = cohort.cell() + from * block(cohort.capacity());
            try (IValue hidden = prefill(some, cohort.promptLength(), cell, cohort.capacity())) {
                List<Row> drawn = new ArrayList<>();
                List<Integer> sources = new ArrayList<>();
                for (int row = 0; row < rows; row++) {
                    int source = cohort.sources().get(row) - from;
                    if (source >= 0 && source < some.size()) {
                        drawn.add(cohort.rows().get(row));
                        sources.add(source);
                    }
                }
                sampler.first(hidden, drawn, sources, weights);
            }
        }
        if (cohort.distinct() < rows) {
            share(cohort);
        }
    }

    /**
     * The logits behind the last token of each prompt, [prompts, vocabulary]. The prompts are padded on the left to one
     * length and use the first cells.
     */
    float[][] logitsBehind(List<int[]> prompts, int length) {
        transformer.rotary().reach(length);
        clear(0, prompts.size() * block(length));
        try (PtNDManager manager = Torch.newManager();
                IValue hidden = prefill(prompts, length, 0, length)) {
            float[] flat = script().tensor(
                            manager, "logits", hidden, transformer.weights().list())
                    .toFloatArray();
            int size = config.vocabularySize();
            float[][] logits = new float[prompts.size()][];
            Arrays.setAll(logits, row -> Arrays.copyOfRange(flat, row * size, (row + 1) * size));
            return logits;
        }
    }

    /** Generates one more token for every row. */
    void step(Batch batch) {
        List<Row> rows = batch.rows();
        numbers.clear(transformer.buckets().cached(rows.size()), true);
        for (Row row : rows) {
            int position = row.position();
            numbers.add(row.response().lastId(), position, row.padding(), row.cell() + position, row.capacity());
        }
        RotaryTables rotary = transformer.rotary();
        ask(rows);
        try (IValue spans = IValue.listFrom(batch.spans());
                PtNDArray drawn = script().tensor(
                                memory,
                                "decode",
                                pool,
                                numbers.value(),
                                spans,
                                how,
                                weights,
                                fixed,
                                rotary.cosValue(),
                                rotary.sinValue())) {
            sampler.append(rows, drawn);
        }
    }

    private void ask(List<Row> rows) {
        long[] numbersOfAll = sampler.ask(rows, numbers.draws());
        if (!Arrays.equals(numbersOfAll, asked)) {
            how.close();
            how = IValue.listFrom(numbersOfAll);
            asked = numbersOfAll;
        }
    }

    /** Moves the keys and values of a row to another block. */
    void move(Row row, long to) {
        try (IValue from = IValue.from(row.cell());
                IValue target = IValue.from(to);
                IValue capacity = IValue.from((long) row.capacity());
                IValue length = IValue.from((long) row.position())) {
            script().run("move", pool, from, target, capacity, length).close();
        }
        row.place(to);
    }

    private int promptsOfAPass(int length) {
        int chunk = Math.min(CHUNK, length);
        long masks = (long) config.attentionHeads() / config.keyValueHeads() * chunk * length;
        return (int) Math.max(1, Math.min(TOKENS / chunk, MASKS / masks));
    }

    /** The final hidden states at the last token of each prompt, for prompts whose blocks lie side by side. */
    private IValue prefill(List<int[]> prompts, int length, long cell, int capacity) {
        int start = 0;
        while (start + CHUNK < length) {
            prefill(prompts, length, cell, capacity, start, CHUNK).close();
            start += CHUNK;
        }
        return prefill(prompts, length, cell, capacity, start, length - start);
    }

    private IValue prefill(List<int[]> prompts, int length, long cell, int capacity, int start, int count) {
        numbers.clear(transformer.buckets().cached(prompts.size() * count), false);
        long[] last = new long[prompts.size()];
        for (int p = 0; p < prompts.size(); p++) {
            int[] prompt = prompts.get(p);
            int padding = length - prompt.length;
            for (int position = start; position < start + count; position++) {
                int id = position < padding ? 0 : prompt[position - padding];
                numbers.add(id, position, padding, cell + p * block(capacity) + position, capacity);
            }
            last[p] = (p + 1L) * count - 1;
        }
        try (PtNDManager manager = Torch.newManager();
                IValue spans = IValue.listFrom(prompts.size(), count, cell, capacity, start + 1L, start + count);
                IValue rows = value(manager.create(last, new Shape(last.length)))) {
            RotaryTables rotary = transformer.rotary();
            return script().run(
                            "prefill",
                            pool,
                            numbers.value(),
                            spans,
                            rows,
                            weights,
                            fixed,
                            rotary.cosValue(),
                            rotary.sinValue());
        }
    }

    private void share(Cohort cohort) {
        long[] sources = cohort.sources().stream()
                .skip(cohort.distinct())
                .mapToLong(Integer::longValue)
                .toArray();
        try (PtNDManager manager = Torch.newManager();
                IValue cell = IValue.from(cohort.cell());
                IValue capacity = IValue.from((long) cohort.capacity());
                IValue length = IValue.from((long) cohort.promptLength());
                IValue blocks = IValue.from((long) cohort.rows().size());
                IValue rows = value(manager.create(sources, new Shape(sources.length)))) {
            script().run("share", pool, cell, capacity, length, blocks, rows).close();
        }
    }

    private void clear(long cell, long count) {
        try (IValue from = IValue.from(cell);
                IValue size = IValue.from(count)) {
            script().run("clear", pool, from, size).close();
        }
    }

    private long block(int capacity) {
        return (long) config.keyValueHeads() * capacity;
    }

    private Script script() {
        return transformer.script();
    }

    private static IValue value(NDArray array) {
        return IValue.from((PtNDArray) array);
    }

    @Override
    public void close() {
        how.close();
        fixed.close();
        weights.close();
        numbers.close();
        pool.close();
        memory.close();
    }
}
