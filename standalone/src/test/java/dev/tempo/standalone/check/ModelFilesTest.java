package dev.tempo.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.files.StoredTensor;
import dev.tempo.model.files.TensorFile;
import dev.tempo.standalone.Tempo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tempo doctor} says of a model's files, in a process of its own as a person starts it. */
class ModelFilesTest {
    private static final Path QUICKSTART =
            Path.of("../recipes").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private Path recipe;

    @BeforeEach
    void aCopyOfTheQuickstartsModel() throws IOException {
        Path model = Files.createDirectory(directory.resolve("model"));
        try (Stream<Path> files = Files.list(QUICKSTART.resolve("quickstart/seed0/base"))) {
            for (Path file : files.toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        recipe = Files.writeString(
                directory.resolve("mine.yaml"),
                "extends: " + QUICKSTART.resolve("quickstart.yaml") + "\nname: mine\nmodel: model\n");
    }

    private String doctor(Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Tempo.class.getName(),
                "doctor",
                "--port-base=23600",
                recipe.toString()));
        builder.environment().putAll(environment);
        builder.directory(directory.toFile()).redirectErrorStream(true);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void aKeyThatIsNotUnderstoodIsNamedAndCanBePassedOver() throws IOException, InterruptedException {
        Path config = directory.resolve("model/config.json");
        Files.writeString(
                config, Files.readString(config).replaceFirst("\\{", "{ \"residual_multiplier\": 0.5, \"odd\": 1,"));

        assertThat(doctor(Map.of()))
                .contains(
                        config + " has residual_multiplier, odd, which is not understood",
                        "set TEMPO_IGNOREDKEYS=residual_multiplier,odd ")
                .doesNotContain("\tat ");
        assertThat(doctor(Map.of("TEMPO_IGNOREDKEYS", "residual_multiplier,odd")))
                .contains("parameters in float32")
                .doesNotContain("not understood", "\tat ");
    }

    @Test
    void moreNewTokensThanTheModelHasPositionsAreNoneThatARunCouldGenerate() throws IOException, InterruptedException {
        Files.writeString(recipe, "generation: {maxNewTokens: 100000}\n", StandardOpenOption.APPEND);

        assertThat(doctor(Map.of()))
                .contains("PROBLEM", "generation.maxNewTokens", "positions (max_position_embeddings)", "write less")
                .doesNotContain("\tat ");
    }

    @Test
    void aChatTemplateThatCannotAskAQuestionIsFoundBeforeAnythingStarts() throws IOException, InterruptedException {
        Path template = directory.resolve("model/chat_template.jinja");
        Files.writeString(recipe, "generation: {chat: true}\n", StandardOpenOption.APPEND);

        Files.writeString(template, "hello");
        assertThat(doctor(Map.of())).contains("PROBLEM", "generation.chat", "makes the same prompt of every question");

        Files.writeString(template, "{{ messages[0].content | fancy }}");
        assertThat(doctor(Map.of()))
                .contains("PROBLEM", "chat_template.jinja", "fancy")
                .doesNotContain("\tat ");

        Files.writeString(template, "{{ messages[0].content }}", StandardCharsets.UTF_16);
        assertThat(doctor(Map.of())).contains("PROBLEM", "chat_template.jinja is not in UTF-8; save it as that");

        Files.writeString(template, "{{ messages[0].content }}");
        assertThat(doctor(Map.of())).doesNotContain("PROBLEM");
    }

    @Test
    void bytesThatNoTensorOwnsAreSaid() throws IOException, InterruptedException {
        Path weights = directory.resolve("model/model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, java.util.Arrays.copyOf(whole, whole.length + 16));

        assertThat(doctor(Map.of()))
                .contains(weights + " goes on for 16 bytes behind its last tensor")
                .doesNotContain("\tat ");
    }

    @Test
    void aWeightThatIsNotANumberIsNamedBeforeAnythingStarts() throws IOException, InterruptedException {
        Path weights = directory.resolve("model/model.safetensors");
        StoredTensor norm = TensorFile.open(weights).find("model.norm.weight", List.of(64L));
        try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.allocate(4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putFloat(Float.NaN)
                            .flip(),
                    norm.begin() + 4 * 7);
        }
        assertThat(doctor(Map.of()))
                .contains("PROBLEM")
                .contains(weights + ": tensor model.norm.weight has a number that is NaN or infinite, number 7 of 64");
    }
}
