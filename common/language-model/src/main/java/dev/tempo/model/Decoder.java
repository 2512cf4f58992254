package dev.tempo.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Generates responses in batches, a token of every row at a time. */
final class Decoder {
    /** Bytes of keys and values held at once. */
    private static final long CACHE_BYTES = 512L << 20;

    private static final int MOST_ROWS = 256;

    private final Transformer transformer;
    private final ModelConfig config;
    private final long blocked;

    Decoder(Transformer transformer) {
        this.transformer = transformer;
        this.config = transformer.config();
        OptionalInt pad = config.padTokenId();
        // A pad that also ends responses, as in some of Qwen3's configs, must stay possible.
        this.blocked = pad.isPresent() && !config.endTokenIds().contains(pad.getAsInt()) ? pad.getAsInt() : -1;
    }

    List<Generation> generate(List<GenerationTask> tasks) {
        for (GenerationTask task : tasks) {
            transformer.check(task.promptIds());
            int longest = task.promptIds().length + task.sampling().maxNewTokens();
            if (longest > config.maxPositions()) {
                throw new IllegalArgumentException("a prompt of " + task.promptIds().length + " tokens and a limit of "
                        + task.sampling().maxNewTokens() + " new ones exceed the model's " + config.maxPositions()
                        + " positions");
            }
        }
        Generation[] results = new Generation[tasks.size()];
        return transformer.exclusively(() -> {
            int limit = tasks.stream()
                    .mapToInt(task -> task.sampling().maxNewTokens())
                    .max()
                    .orElse(0);
            for (Buckets.Group group : transformer
                    .buckets()
                    .groups(
                            tasks.size(),
                            row -> tasks.get(row).promptIds().length,
                            length -> rowsInCache(length + limit))) {
                List<Response> responses = new ArrayList<>();
                group.rows().forEach(row -> responses.add(new Response(tasks.get(row))));
                generate(responses, group.length());
                for (int row = 0; row < responses.size(); row++) {
                    results[group.rows().get(row)] = responses.get(row).toGeneration();
                }
            }
            return List.of(results);
        });
    }

    private int rowsInCache(int capacity) {
        long bytes = 8L * config.layers() * config.keyValueHeads() * config.headDimension() * capacity;
        return (int) Math.min(MOST_ROWS, CACHE_BYTES / bytes);
    }

    private void generate(List<Response> responses, int promptLength) {
        int limit = responses.stream()
                .mapToInt(response -> response.task().sampling().maxNewTokens())
                .max()
                .orElseThrow();
        transformer.rotary().reach(promptLength + limit);
        try (IValue cos = IValue.from(transformer.rotary().cos());
                IValue sin = IValue.from(transformer.rotary().sin());
                IValue pad = IValue.from(blocked)) {
            new Batch(responses, promptLength, limit, cos, sin, pad).run();
        }
    }

    /** Rows that are decoded together. */
    private final class Batch {
        private final Script script = transformer.script();
        private final IValue weights = transformer.weights().list();
        private final int promptLength;
        private final int limit;
        private final IValue cos;
        private final IValue sin;
        private final IValue pad;
        private List<Response> rows;

        Batch(List<Response> rows, int promptLength, int limit, IValue cos, IValue sin, IValue pad) {
            this.rows = rows;
            this.promptLength = promptLength;
            this.limit = limit;
            this.cos = cos;
            this.sin = sin;
            this.pad = pad;
        }

        void run() {
            IValue state = prefill();
            try {
                for (int position = 0; ; position++) {
                    draw(state, position);
                    List<Integer> alive = alive();
                    if (alive.isEmpty()) {
                        return;
                    }
                    if (transformer.buckets().rows(alive.size()) * 4
                            <= transformer.buckets().rows(rows.size()) * 3) {
                        IValue smaller = keep(state, alive);
                        state.close();
                        state = smaller;
                    }
                }
            } finally {
                state.close();
            }
        }

        private List<Integer> alive() {
            List<Integer> alive = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                if (!rows.get(row).finished()) {
                    alive.add(row);
                }
            }
            return alive;
        }

        /** Runs every distinct prompt once and hands its keys and values to the rows that start from it. */
        private IValue prefill() {
            Map<List<Integer>, Integer> distinct = new LinkedHashMap<>();
            List<int[]> prompts = new ArrayList<>();
            long[] source = new long[transformer.buckets().rows(rows.size())];
            for (int row = 0; row < rows.size(); row++) {
                int[] prompt = rows.get(row).task().promptIds();
                List<Integer> content = Arrays.stream(prompt).boxed().toList();
                source[row] = distinct.computeIfAbsent(content, ignored -> {
                    prompts.add(prompt);
                    return prompts.size() - 1;
                });
            }
            int count = transformer.buckets().rows(prompts.size());
            long[] ids = new long[count * promptLength];
            long[] padding = new long[count];
            for (int p = 0; p < prompts.size(); p++) {
                int[] prompt = prompts.get(p);
                int left = promptLength - prompt.length;
                padding[p] = left;
                for (int t = 0; t < prompt.length; t++) {
                    ids[p * promptLength + left + t] = prompt[t];
                }
            }
            try (PtNDManager manager = Torch.newManager();
                    IValue tokens = value(manager.create(ids, new Shape(count, promptLength)));
                    IValue blanks = value(manager.create(padding, new Shape(count)));
                    IValue from = value(manager.create(source, new Shape(source.length)));
                    IValue capacity = IValue.from((long) promptLength + limit)) {
                return script.run("prefill", tokens, blanks, from, capacity, weights, cos, sin);
            }
        }

        /** One more token for every row that is not finished. */
        private void draw(IValue state, int position) {
            int width = transformer.buckets().rows(rows.size());
            double[] draws = new double[3 * width];
            double[] last = new double[width];
            Arrays.fill(draws, 2 * width, 3 * width, 1);
            for (int row = 0; row < rows.size(); row++) {
                Response response = rows.get(row);
                if (!response.finished()) {
                    draws[row] = response.uniform();
                    draws[width + row] = response.forced(config.vocabularySize());
                    draws[2 * width + row] = response.task().sampling().temperature();
                    last[row] = position == 0 ? 0 : response.lastId();
                }
            }
            double[] drawn = next(state, position, draws, last);
            for (int row = 0; row < rows.size(); row++) {
                Response response = rows.get(row);
                if (!response.finished()) {
                    response.append((int) drawn[row], (float) drawn[width + row], config);
                }
            }
        }

        private double[] next(IValue state, int position, double[] draws, double[] last) {
            try (PtNDManager manager = Torch.newManager();
                    IValue numbers = value(manager.create(draws, new Shape(3, last.length)))) {
                if (position == 0) {
                    return script.tensor(manager, "begin", state, numbers, pad, weights)
                            .toDoubleArray();
                }
                try (IValue ids = value(manager.create(last, new Shape(last.length)));
                        IValue start = IValue.from((long) promptLength + position - 1)) {
                    return script.tensor(manager, "decode", state, ids, start, numbers, pad, weights, cos, sin)
                            .toDoubleArray();
                }
            }
        }

        private IValue keep(IValue state, List<Integer> alive) {
            long[] kept = new long[transformer.buckets().rows(alive.size())];
            for (int i = 0; i < alive.size(); i++) {
                kept[i] = alive.get(i);
            }
            List<Response> before = rows;
            rows = alive.stream().map(before::get).toList();
            try (PtNDManager manager = Torch.newManager();
                    IValue indices = value(manager.create(kept, new Shape(kept.length)))) {
                return script.run("keep", state, indices);
            }
        }

        private static IValue value(NDArray array) {
            return IValue.from((PtNDArray) array);
        }
    }
}
