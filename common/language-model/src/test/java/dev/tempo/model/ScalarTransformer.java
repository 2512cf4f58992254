package dev.tempo.model;

import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.directory.WeightFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The forward passes of Qwen3 and OLMo 3 in plain loops and double precision, straight from their equations: the oracle
 * against which the tensor code is tested.
 */
public final class ScalarTransformer {
    private final ModelConfig config;
    private final boolean olmo;
    private final Map<String, double[]> weights = new LinkedHashMap<>();

    public ScalarTransformer(Path directory, Head head) {
        config = new ModelDirectory(directory).config();
        olmo = config.modelType().equals("olmo3");
        WeightFiles checkpoint = WeightFiles.open(directory);
        for (Parameter.Part part : ModelLayout.parts(config, head)) {
            float[] stored = checkpoint.find(part).toFloatArray();
            double[] numbers = new double[stored.length];
            Arrays.setAll(numbers, i -> stored[i]);
            weights.put(part.name(), numbers);
        }
    }

    public ModelConfig config() {
        return config;
    }

    public double[] weight(String name) {
        double[] numbers = weights.get(name);
        if (numbers == null) {
            throw new IllegalArgumentException("no weight " + name);
        }
        return numbers;
    }

    /** The logits at every position of a sequence, [length, vocabulary]. */
    public double[][] logits(Sequence sequence) {
        double[] head = weight(config.tiedEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight");
        double[][] logits = hidden(sequence);
        Arrays.setAll(logits, t -> linear(head, logits[t]));
        return logits;
    }

    /** The log-probabilities of the response's tokens, in nats. */
    public double[] logProbs(Sequence sequence) {
        double[][] all = logits(sequence);
        double[] result = new double[sequence.responseIds().length];
        for (int t = 0; t < result.length; t++) {
            double[] logits = all[sequence.promptIds().length - 1 + t];
            double sum = 0;
            for (double logit : logits) {
                sum += Math.exp(logit);
            }
            result[t] = logits[sequence.responseIds()[t]] - Math.log(sum);
        }
        return result;
    }

    /** The values V_0 to V_n of a sequence with n response tokens. */
    public double[] values(Sequence sequence) {
        double[][] hidden = hidden(sequence);
        double[] result = new double[sequence.responseIds().length + 1];
        for (int t = 0; t < result.length; t++) {
            double[] value = linear(weight("value_head.weight"), hidden[sequence.promptIds().length - 1 + t]);
            result[t] = value[0] + weight("value_head.bias")[0];
        }
        return result;
    }

    private double[][] hidden(Sequence sequence) {
        int length = sequence.length();
        double[][] x = new double[length][];
        for (int t = 0; t < length; t++) {
            int prompt = sequence.promptIds().length;
            int id = t < prompt ? sequence.promptIds()[t] : sequence.responseIds()[t - prompt];
            int d = config.hiddenSize();
            x[t] = Arrays.copyOfRange(weight("model.embed_tokens.weight"), id * d, (id + 1) * d);
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            layer(x, config.attention().get(layer), "model.layers." + layer + ".");
        }
        for (int t = 0; t < length; t++) {
            x[t] = norm(x[t], weight("model.norm.weight"));
        }
        return x;
    }

    private void layer(double[][] x, LayerAttention kind, String prefix) {
        int e = config.headDimension();
        int group = config.attentionHeads() / config.keyValueHeads();
        double[][] q = new double[x.length][];
        double[][] k = new double[x.length][];
        double[][] v = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] a = olmo ? x[t] : norm(x[t], weight(prefix + "input_layernorm.weight"));
            q[t] = normalised(
                    linear(weight(prefix + "self_attn.q_proj.weight"), a), prefix + "self_attn.q_norm.weight");
            k[t] = normalised(
                    linear(weight(prefix + "self_attn.k_proj.weight"), a), prefix + "self_attn.k_norm.weight");
            q[t] = rotated(q[t], kind.rope(), t);
            k[t] = rotated(k[t], kind.rope(), t);
            v[t] = linear(weight(prefix + "self_attn.v_proj.weight"), a);
        }
        for (int t = 0; t < x.length; t++) {
            int first =
                    kind.window().isPresent() ? Math.max(0, t - kind.window().getAsInt() + 1) : 0;
            double[] attended = new double[config.attentionHeads() * e];
            for (int head = 0; head < config.attentionHeads(); head++) {
                int kv = head / group;
                double[] scores = new double[t + 1];
                double sum = 0;
                for (int s = first; s <= t; s++) {
                    double dot = 0;
                    for (int j = 0; j < e; j++) {
                        dot += q[t][head * e + j] * k[s][kv * e + j];
                    }
                    scores[s] = Math.exp(dot / Math.sqrt(e));
                    sum += scores[s];
                }
                for (int s = first; s <= t; s++) {
                    for (int j = 0; j < e; j++) {
                        attended[head * e + j] += scores[s] / sum * v[s][kv * e + j];
                    }
                }
            }
            double[] added = linear(weight(prefix + "self_attn.o_proj.weight"), attended);
            double[] between = weight(prefix + "post_attention_layernorm.weight");
            add(x[t], olmo ? norm(added, between) : added);
            double[] m = olmo ? x[t] : norm(x[t], between);
            double[] gate = linear(weight(prefix + "mlp.gate_proj.weight"), m);
            double[] up = linear(weight(prefix + "mlp.up_proj.weight"), m);
            for (int i = 0; i < gate.length; i++) {
                gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
            }
            added = linear(weight(prefix + "mlp.down_proj.weight"), gate);
            add(x[t], olmo ? norm(added, weight(prefix + "post_feedforward_layernorm.weight")) : added);
        }
    }

    /** The norm of every head, or in OLMo 3 of the whole projection. */
    private double[] normalised(double[] projected, String normWeight) {
        if (olmo) {
            return norm(projected, weight(normWeight));
        }
        int e = config.headDimension();
        double[] result = new double[projected.length];
        for (int from = 0; from < projected.length; from += e) {
            double[] head = norm(Arrays.copyOfRange(projected, from, from + e), weight(normWeight));
            System.arraycopy(head, 0, result, from, e);
        }
        return result;
    }

    private double[] rotated(double[] x, Rope rope, int position) {
        int e = config.headDimension();
        double[] frequencies = rope.inverseFrequencies(e);
        double[] result = new double[x.length];
        for (int from = 0; from < x.length; from += e) {
            for (int j = 0; j < e / 2; j++) {
                double cos = rope.attentionFactor() * Math.cos(position * frequencies[j]);
                double sin = rope.attentionFactor() * Math.sin(position * frequencies[j]);
                result[from + j] = x[from + j] * cos - x[from + j + e / 2] * sin;
                result[from + j + e / 2] = x[from + j + e / 2] * cos + x[from + j] * sin;
            }
        }
        return result;
    }

    private double[] norm(double[] x, double[] weight) {
        double squares = 0;
        for (double number : x) {
            squares += number * number;
        }
        double scale = 1 / Math.sqrt(squares / x.length + config.normEpsilon());
        double[] result = new double[x.length];
        Arrays.setAll(result, i -> x[i] * scale * weight[i]);
        return result;
    }

    private static double[] linear(double[] weight, double[] x) {
        double[] result = new double[weight.length / x.length];
        for (int row = 0; row < result.length; row++) {
            for (int i = 0; i < x.length; i++) {
                result[row] += weight[row * x.length + i] * x[i];
            }
        }
        return result;
    }

    private static void add(double[] to, double[] summand) {
        for (int i = 0; i < to.length; i++) {
            to[i] += summand[i];
        }
    }
}
