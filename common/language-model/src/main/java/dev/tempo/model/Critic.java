package dev.tempo.model;

import java.nio.file.Path;
import java.util.List;

/** A critic's weights: a transformer with a scalar head. Calls from several threads take turns. */
public final class Critic implements AutoCloseable {

    private Critic() {}

    /**
     * Loads a Hugging Face directory. The head is {@code value_head.weight} [1, hidden] and {@code value_head.bias} [1];
     * a directory without them is a policy, from which a critic starts that gives .5 everywhere.
     *
     * @throws ModelFormatException naming file and field or tensor
     */
    public static Critic load(Path directory) {
        throw new UnsupportedOperationException();
    }

    public ModelConfig config() {
        throw new UnsupportedOperationException();
    }

    /**
     * Per sequence of n response tokens its n+1 values: V_0 at the prompt's last token to V_n at the response's last.
     * Bit-identical whatever other sequences are in the list.
     */
    public List<float[]> values(List<Sequence> sequences) {
        throw new UnsupportedOperationException();
    }

    /** Frees the weights; the critic is of no use afterwards. */
    @Override
    public void close() {}
}
