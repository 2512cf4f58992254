package dev.tempo.model.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.forward.Buckets;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.Torch;
import java.util.Arrays;
import java.util.List;

/**
 * An oracle of decoding: rows that all have one padded prompt length and one limit are decoded side by side from the first
 * to the last token.
 */
final class Lockstep {
    private static final int ROWS = 8;

    private Lockstep() {}

    static List<GeneratedResponse> generate(Transformer transformer, List<GenerationTask> tasks) {
        ModelConfig config = transformer.config();
        Script script = Script.of(config, "lockstep");
        List<Response> rows = tasks.stream().map(Response::new).toList();
        int width = Buckets.roundUp(rows.size(), ROWS);
        int length = Buckets.length(tasks.get(0).promptIds().length);
        int limit = tasks.get(0).sampling().maxNewTokens();
        return transformer.exclusively(() -> {
            transformer.rotary().reach(length + limit);
            try (PtNDManager manager = Torch.newManager();
                    IValue cos = IValue.from(transformer.rotary().cos());
                    IValue sin = IValue.from(transformer.rotary().sin());
                    IValue pad = IValue.from((long) config.padTokenId().orElse(-1));
                    IValue capacity = IValue.from((long) length + limit);
                    IValue prompts = value(prompts(manager, tasks, width, length));
                    IValue padding = value(padding(manager, tasks, width, length));
                    IValue all = value(manager.arange(width).toType(DataType.INT64, false));
                    IValue state = script.run(
                            "prefill",
                            prompts,
                            padding,
                            all,
                            capacity,
                            transformer.weights().list(),
                            cos,
                            sin)) {
                for (int position = 0; rows.stream().anyMatch(row -> !row.finished()); position++) {
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
                    double[] drawn;
                    try (PtNDManager step = Torch.newManager();
                            IValue numbers = value(step.create(draws, new Shape(3, width)));
                            IValue ids = value(step.create(last, new Shape(width)));
                            IValue start = IValue.from((long) length + position - 1)) {
                        IValue weights = transformer.weights().list();
                        drawn = (position == 0
                                        ? script.tensor(step, "begin", state, numbers, pad, weights)
                                        : script.tensor(
                                                step, "decode", state, ids, start, numbers, pad, weights, cos, sin))
                                .toDoubleArray();
                    }
                    for (int row = 0; row < rows.size(); row++) {
                        if (!rows.get(row).finished()) {
                            rows.get(row).append((int) drawn[row], (float) drawn[width + row], 0, config);
                        }
                    }
                }
            }
            return rows.stream().map(Response::toGeneration).toList();
        });
    }

    private static NDArray prompts(PtNDManager manager, List<GenerationTask> tasks, int width, int length) {
        long[] ids = new long[width * length];
        for (int row = 0; row < tasks.size(); row++) {
            int[] prompt = tasks.get(row).promptIds();
            for (int t = 0; t < prompt.length; t++) {
                ids[row * length + length - prompt.length + t] = prompt[t];
            }
        }
        return manager.create(ids, new Shape(width, length));
    }

    private static NDArray padding(PtNDManager manager, List<GenerationTask> tasks, int width, int length) {
        long[] padding = new long[width];
        for (int row = 0; row < tasks.size(); row++) {
            padding[row] = length - tasks.get(row).promptIds().length;
        }
        return manager.create(padding, new Shape(width));
    }

    private static IValue value(NDArray array) {
        return IValue.from((PtNDArray) array);
    }
}
