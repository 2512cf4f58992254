package dev.tempo.serving;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.training.Pretrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Small models of random weights that write characters, with a chat template. */
public final class TalkingModel {
    public static final int POSITIONS = 200_000;

    private static final String TEMPLATE = """
        {%- for message in messages %}
        {{- '<|' + message.role + '|>' + message.content + '\\n' }}
        {%- endfor %}
        {%- if tools %}{{- 'tools: ' + (tools | tojson) + '\\n' }}{%- endif %}
        {{- '<|assistant|>' }}
        {%- if enable_thinking %}{{- '<think>\\n' }}{%- endif %}
        """;

    private TalkingModel() {}

    /** A model with a chat template. */
    public static Path write(Path directory, long seed) {
        Path model = writeWithoutTemplate(directory, seed);
        try {
            Files.writeString(model.resolve("chat_template.jinja"), TEMPLATE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return model;
    }

    public static Path writeWithoutTemplate(Path directory, long seed) {
        Pretrainer.initialise(config(), vocabulary(), seed, directory);
        new ModelDirectory(directory).check();
        return directory;
    }

    private static ModelConfig config() {
        return new ModelConfig(
                "qwen3",
                16,
                2,
                4,
                2,
                4,
                24,
                1e-6,
                1e4,
                true,
                vocabulary().size(),
                POSITIONS,
                OptionalInt.of(0),
                List.of(1));
    }

    /** Padding and end, which no text has, a line break, and what ASCII prints. */
    private static List<String> vocabulary() {
        List<String> characters = new ArrayList<>(List.of("\u0001", "\u0002", "\n"));
        for (char character = ' '; character <= '~'; character++) {
            characters.add(String.valueOf(character));
        }
        return characters;
    }
}
