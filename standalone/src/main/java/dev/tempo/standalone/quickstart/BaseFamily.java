package dev.tempo.standalone.quickstart;

import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Rope;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** The architecture of a small base model: hidden size 64, four layers, four heads over two of keys and values. */
public enum BaseFamily {
    /** Full attention in every layer; the output head is the embedding. */
    QWEN3("base", true) {
        @Override
        List<LayerAttention> attention() {
            return Collections.nCopies(LAYERS, LayerAttention.full(ROPE));
        }
    },
    /** As OLMo 3 has it, three layers that see a window of {@value #WINDOW} tokens and one that sees all; an output head of its own. */
    OLMO3("base-olmo3", false) {
        @Override
        List<LayerAttention> attention() {
            LayerAttention sliding = LayerAttention.sliding(WINDOW, ROPE);
            return List.of(sliding, sliding, sliding, LayerAttention.full(ROPE));
        }
    };

    private static final int LAYERS = 4;
    private static final Rope ROPE = Rope.plain(1e4);
    /** Less than a question and its answer, so that what is far can be seen in the last layer alone. */
    private static final int WINDOW = 48;

    private final String directory;
    private final boolean tied;

    BaseFamily(String directory, boolean tied) {
        this.directory = directory;
        this.tied = tied;
    }

    abstract List<LayerAttention> attention();

    /** The word that commands have for it, which is Hugging Face's {@code model_type}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of a base model's directory beside the data of its world. */
    public String directory() {
        return directory;
    }

    /** The family whose base models lie in directories of a name. */
    public static Optional<BaseFamily> ofDirectory(String name) {
        return Arrays.stream(values())
                .filter(family -> family.directory.equals(name))
                .findFirst();
    }

    ModelConfig architecture(int vocabulary, int positions, int pad, int end) {
        return new ModelConfig(
                word(),
                64,
                LAYERS,
                4,
                2,
                16,
                176,
                1e-6,
                attention(),
                tied,
                vocabulary,
                positions,
                OptionalInt.of(pad),
                List.of(end));
    }
}
