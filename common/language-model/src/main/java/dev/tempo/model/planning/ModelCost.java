package dev.tempo.model.planning;

import dev.tempo.model.Architecture;
import dev.tempo.model.Head;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Parameter;
import dev.tempo.model.WeightType;
import dev.tempo.model.training.TrainingMethod;
import java.util.List;

/**
 * The arithmetic of a model's matrix products and attention, in floating-point operations, and the bytes that decoding reads,
 * from config.json alone. A multiplication and an addition count as two. Norms, activations, softmax, drawing and the
 * optimizer are not in it: they are fewer operations by orders of magnitude, though not always less time.
 */
public final class ModelCost {
    private final ModelConfig config;
    private final double layers;
    private final double queries;
    private final double keyNumbers;

    public ModelCost(ModelConfig config) {
        this.config = config;
        layers = (double) config.layers()
                * Architecture.of(config.modelType()).layer(config, "").stream()
                        .flatMap(parameter -> parameter.parts().stream())
                        .filter(part -> part.shape().size() > 1)
                        .mapToLong(Parameter.Part::size)
                        .sum();
        queries = (double) config.attentionHeads() * config.headDimension();
        keyNumbers = 2.0 * config.keyValueHeads() * config.headDimension();
    }

    /** The operations of measuring a sequence: its log-probabilities, or its values from the prompt's end to the last token. */
    public double measuring(Head head, int prompt, int response) {
        int places = head == Head.VALUE ? response + 1 : response;
        return body(prompt + response) + places * head(head);
    }

    /**
     * The operations of a sequence's share in a training step. At once: forwards, and twice that backwards, with the head at
     * every token. In parts (decision 17) every layer runs forwards twice, and the head three times.
     */
    public double training(Head head, TrainingMethod method, int prompt, int response) {
        int tokens = prompt + response;
        if (method.isAtOnce()) {
            return 3 * (body(tokens) + tokens * head(head));
        }
        int places = head == Head.VALUE ? response + 1 : response;
        return 4 * body(tokens) + 5 * places * head(head);
    }

    /** The operations of running a prompt up to the logits that its first new token is drawn from. */
    public double prompt(int prompt) {
        return body(prompt) + head(Head.VOCABULARY);
    }

    /** The operations of decoding a response's tokens after its first, each of which is a pass of its own. */
    public double decoding(int prompt, int response) {
        return passes(response) * (2 * layers + head(Head.VOCABULARY)) + attention(decodedKeys(prompt, response));
    }

    /** The bytes of keys and values that decoding one response reads. */
    public double cacheReads(int prompt, int response, WeightType type) {
        return decodedKeys(prompt, response) * keyNumbers * type.bytes();
    }

    /** The bytes of the weights that one decoding step reads, however many responses it serves. */
    public double weightReads(WeightType type) {
        return (layers + (double) config.vocabularySize() * config.hiddenSize()) * type.bytes();
    }

    /** The number of decoding passes of a response. */
    public static int passes(int response) {
        return Math.max(0, response - 1);
    }

    private double body(int tokens) {
        return 2 * layers * tokens + attention(keys(tokens));
    }

    private double head(Head head) {
        return 2.0 * config.hiddenSize() * (head == Head.VALUE ? 1 : config.vocabularySize());
    }

    /** The operations of scores and of the weighted sum over so many keys. */
    private double attention(double keys) {
        return 4 * queries * keys;
    }

    private double decodedKeys(int prompt, int response) {
        return keys(prompt + passes(response)) - keys(prompt);
    }

    /** The keys that a causal pass over a sequence reads, in all layers together. */
    private double keys(int tokens) {
        List<LayerAttention> attention = config.attention();
        double sum = 0;
        for (LayerAttention layer : attention) {
            double window = layer.window().orElse(Integer.MAX_VALUE);
            double rising = Math.min(tokens, window);
            sum += rising * (rising + 1) / 2 + (tokens - rising) * window;
        }
        return sum;
    }
}
