package dev.tempo.model.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Qwen3 model in DJL's NDArray operations, each a call from Java: the scripts are checked against it and benchmarked
 * against it. Results belong to a manager that the caller closes after every step.
 */
public final class OpByOp {
    private final ModelConfig config;
    private final List<? extends NDArray> weights;
    private final int queries;
    private final int keys;
    private final int entries;

    /** @param weights in {@link ModelLayout}'s order */
    public OpByOp(ModelConfig config, List<? extends NDArray> weights) {
        this.config = config;
        this.weights = weights;
        this.queries = config.attentionHeads();
        this.keys = config.keyValueHeads();
        this.entries = config.headDimension();
    }

    /** The keys and values of all layers, [B, K, capacity, E] each. */
    public record Cache(List<NDArray> keys, List<NDArray> values) {
        public static Cache of(ModelConfig config, NDManager manager, int batch, int capacity) {
            Shape shape = new Shape(batch, config.keyValueHeads(), capacity, config.headDimension());
            Cache cache = new Cache(new ArrayList<>(), new ArrayList<>());
            for (int layer = 0; layer < config.layers(); layer++) {
                cache.keys.add(manager.zeros(shape));
                cache.values.add(manager.zeros(shape));
            }
            return cache;
        }
    }

    /** The logits [B, T, V] of ids [B, T] at positions from {@code start} on; a cache is read and written. */
    public NDArray logits(NDArray ids, int start, @Nullable Cache cache) {
        NDManager step = ids.getManager();
        long b = ids.getShape().get(0);
        long t = ids.getShape().get(1);
        NDArray[] turn = rotary(step, start, (int) t);
        NDArray mask = t == 1 ? null : mask(step, (int) t, start);
        NDArray x = ids.getNDArrayInternal()
                .embedding(ids, weights.get(0), SparseFormat.DENSE)
                .singletonOrThrow();
        for (int layer = 0; layer < config.layers(); layer++) {
            int o = 1 + 10 * layer;
            NDArray y = normalised(x).mul(weights.get(o));
            NDArray qk = normalised(linear(y, o + 1).reshape(b, t, queries + keys, entries));
            NDArray q = rotated(qk.get(":, :, :{}", queries).mul(weights.get(o + 3)), turn);
            NDArray k = rotated(qk.get(":, :, {}:", queries).mul(weights.get(o + 4)), turn);
            NDArray v = linear(y, o + 2).reshape(b, t, keys, entries).transpose(0, 2, 1, 3);
            k = k.transpose(0, 2, 1, 3);
            if (cache != null) {
                k = kept(cache.keys.get(layer), k, start);
                v = kept(cache.values.get(layer), v, start);
            }
            x = x.add(linear(attended(q, k, v, mask), o + 5));
            NDArray z = normalised(x).mul(weights.get(o + 6));
            x = x.add(linear(Activation.swish(linear(z, o + 7), 1).mul(linear(z, o + 8)), o + 9));
        }
        int norm = 1 + 10 * config.layers();
        return linear(normalised(x).mul(weights.get(norm)), config.tiedEmbeddings() ? 0 : norm + 1);
    }

    /**
     * The attention of q [B, T, H, E] over k and v [B, K, S, E], [B, T, H * E]; the query heads of a key-value head are
     * further rows.
     */
    private NDArray attended(NDArray q, NDArray k, NDArray v, @Nullable NDArray mask) {
        long b = q.getShape().get(0);
        long t = q.getShape().get(1);
        int g = queries / keys;
        NDArray rows = q.mul(1 / Math.sqrt(entries))
                .reshape(b, t, keys, g, entries)
                .transpose(0, 2, 3, 1, 4)
                .reshape(b, keys, g * t, entries);
        NDArray scores = rows.matMul(k.transpose(0, 1, 3, 2));
        if (mask != null) {
            scores = scores.reshape(b, keys, g, t, -1).add(mask).reshape(b, keys, g * t, -1);
        }
        return scores.softmax(-1)
                .matMul(v)
                .reshape(b, keys, g, t, entries)
                .transpose(0, 3, 1, 2, 4)
                .reshape(b, t, (long) queries * entries);
    }

    private static NDArray kept(NDArray cache, NDArray added, int start) {
        long end = start + added.getShape().get(2);
        cache.set(new NDIndex(":, :, {}:{}", start, end), added);
        return cache.get(added.getManager(), new NDIndex(":, :, :{}", end));
    }

    private NDArray normalised(NDArray x) {
        return x.div(
                x.square().mean(new int[] {-1}, true).add(config.normEpsilon()).sqrt());
    }

    private NDArray linear(NDArray x, int index) {
        return x.matMul(weight(x.getManager(), index).transpose());
    }

    /** A view that belongs to the step's manager, as then do results computed from it. */
    private NDArray weight(NDManager step, int index) {
        NDArray view = weights.get(index).reshape(weights.get(index).getShape());
        view.attach(step);
        return view;
    }

    private NDArray rotated(NDArray x, NDArray[] turn) {
        NDArray low = x.get("..., :{}", entries / 2);
        NDArray high = x.get("..., {}:", entries / 2);
        return x.mul(turn[0])
                .add(NDArrays.concat(new NDList(high.neg(), low), -1).mul(turn[1]));
    }

    /** The cosines and sines, [T, 1, E] each. */
    private NDArray[] rotary(NDManager manager, int start, int length) {
        double[] frequencies = config.attention().get(0).rope().inverseFrequencies(entries);
        float[] cos = new float[length * entries];
        float[] sin = new float[length * entries];
        for (int at = 0; at < cos.length; at++) {
            float angle = (start + at / entries) * (float) frequencies[at % entries % (entries / 2)];
            cos[at] = (float) Math.cos(angle);
            sin[at] = (float) Math.sin(angle);
        }
        Shape shape = new Shape(length, 1, entries);
        return new NDArray[] {manager.create(cos, shape), manager.create(sin, shape)};
    }

    private static NDArray mask(NDManager manager, int length, int start) {
        NDArray keys = manager.arange(start + length).reshape(1, start + length);
        NDArray rows = manager.arange(start, start + length).reshape(length, 1);
        return keys.gt(rows).toType(DataType.FLOAT32, false).mul(-1e30f);
    }
}
