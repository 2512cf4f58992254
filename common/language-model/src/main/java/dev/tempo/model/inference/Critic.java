package dev.tempo.model.inference;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.Sequence;
import dev.tempo.model.WeightType;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.forward.Transformer;
import java.nio.file.Path;
import java.util.List;

/** A critic in memory: a transformer whose head gives one number per position. Calls from several threads take turns. */
public final class Critic implements AutoCloseable {
    private final Transformer transformer;

    private Critic(Transformer transformer) {
        this.transformer = transformer;
    }

    /**
     * Loads a Hugging Face directory in float32. The head is {@code value_head.weight} [1, hidden] and {@code
     * value_head.bias} [1]; a directory without them holds a policy, and the critic that starts from it gives .5 everywhere.
     *
     * @throws ModelFormatException naming file and field or tensor
     */
    public static Critic load(Path directory) {
        return load(directory, WeightType.FLOAT32);
    }

    /**
     * Loads a Hugging Face directory as {@link #load(Path)} does, with another type of weights and matrix products. The head
     * is in float32.
     *
     * @param type float32 or bfloat16
     * @throws ModelFormatException naming file and field or tensor
     */
    public static Critic load(Path directory, WeightType type) {
        return new Critic(Transformer.load(directory, Head.VALUE, type));
    }

    ModelConfig config() {
        return transformer.config();
    }

    /**
     * The values of sequences: for n response tokens the n + 1 numbers V_0, at the prompt's last token, to V_n, at the
     * response's last. Bit-identical whatever other sequences are in the list.
     */
    public List<float[]> values(List<Sequence> sequences) {
        return new Measurement(transformer).values(sequences);
    }

    /** Frees the weights; the critic cannot be used afterwards. */
    @Override
    public void close() {
        transformer.close();
    }
}
