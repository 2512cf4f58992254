package dev.tempo.model;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Qwen3's forward pass in plain loops and double precision, straight from its equations: the oracle of the tensors. */
final class ScalarQwen3 {
    private final ModelConfig config;
    private final Map<String, double[]> weights = new LinkedHashMap<>();

    ScalarQwen3(Path directory, Head head) {
        config = new ModelDirectory(directory).config();
        try (Checkpoint checkpoint = Checkpoint.open(directory)) {
            for (Parameter parameter : Qwen3Layout.of(config, head)) {
                for (Parameter.Part part : parameter.parts()) {
                    ByteBuffer bytes = DurableFile.littleEndian((int) (4 * part.size()));
                    checkpoint.read(part.name(), part.shape(), bytes);
                    bytes.flip();
                    double[] numbers = new double[(int) part.size()];
                    Arrays.setAll(numbers, i -> bytes.getFloat(4 * i));
                    weights.put(part.name(), numbers);
                }
            }
        }
    }

    ModelConfig config() {
        return config;
    }

    double[] weight(String name) {
        double[] numbers = weights.get(name);
        if (numbers == null) {
            throw new IllegalArgumentException("no weight " + name);
        }
        return numbers;
    }

    /** Log-probabilities of the response's tokens. */
    double[] logProbs(Sequence sequence) {
        double[][] hidden = hidden(sequence);
        double[] head = weight(config.tiedEmbeddings() ? "model.embed_tokens.weight" : "lm_head.weight");
        double[] result = new double[sequence.responseIds().length];
        for (int t = 0; t < result.length; t++) {
            double[] logits = linear(head, hidden[sequence.promptIds().length - 1 + t]);
            double sum = 0;
            for (double logit : logits) {
                sum += Math.exp(logit);
            }
            result[t] = logits[sequence.responseIds()[t]] - Math.log(sum);
        }
        return result;
    }

    /** V_0 to V_n. */
    double[] values(Sequence sequence) {
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
            layer(x, "model.layers." + layer + ".");
        }
        for (int t = 0; t < length; t++) {
            x[t] = norm(x[t], weight("model.norm.weight"));
        }
        return x;
    }

    private void layer(double[][] x, String prefix) {
        int e = config.headDimension();
        int group = config.attentionHeads() / config.keyValueHeads();
        double[][] q = new double[x.length][];
        double[][] k = new double[x.length][];
        double[][] v = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] a = norm(x[t], weight(prefix + "input_layernorm.weight"));
            q[t] = heads(linear(weight(prefix + "self_attn.q_proj.weight"), a), prefix + "self_attn.q_norm.weight", t);
            k[t] = heads(linear(weight(prefix + "self_attn.k_proj.weight"), a), prefix + "self_attn.k_norm.weight", t);
            v[t] = linear(weight(prefix + "self_attn.v_proj.weight"), a);
        }
        for (int t = 0; t < x.length; t++) {
            double[] attended = new double[config.attentionHeads() * e];
            for (int head = 0; head < config.attentionHeads(); head++) {
                int kv = head / group;
                double[] scores = new double[t + 1];
                double sum = 0;
                for (int s = 0; s <= t; s++) {
                    double dot = 0;
                    for (int j = 0; j < e; j++) {
                        dot += q[t][head * e + j] * k[s][kv * e + j];
                    }
                    scores[s] = Math.exp(dot / Math.sqrt(e));
                    sum += scores[s];
                }
                for (int s = 0; s <= t; s++) {
                    for (int j = 0; j < e; j++) {
                        attended[head * e + j] += scores[s] / sum * v[s][kv * e + j];
                    }
                }
            }
            add(x[t], linear(weight(prefix + "self_attn.o_proj.weight"), attended));
            double[] m = norm(x[t], weight(prefix + "post_attention_layernorm.weight"));
            double[] gate = linear(weight(prefix + "mlp.gate_proj.weight"), m);
            double[] up = linear(weight(prefix + "mlp.up_proj.weight"), m);
            for (int i = 0; i < gate.length; i++) {
                gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
            }
            add(x[t], linear(weight(prefix + "mlp.down_proj.weight"), gate));
        }
    }

    /** Norm of every head, then its rotation by the position. */
    private double[] heads(double[] projected, String normWeight, int position) {
        int e = config.headDimension();
        double[] result = new double[projected.length];
        for (int from = 0; from < projected.length; from += e) {
            double[] head = norm(Arrays.copyOfRange(projected, from, from + e), weight(normWeight));
            for (int j = 0; j < e / 2; j++) {
                double angle = position * Math.pow(config.ropeTheta(), -2.0 * j / e);
                result[from + j] = head[j] * Math.cos(angle) - head[j + e / 2] * Math.sin(angle);
                result[from + j + e / 2] = head[j + e / 2] * Math.cos(angle) + head[j] * Math.sin(angle);
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
