package dev.tempo.model.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.TinyModel;
import dev.tempo.model.WeightType;
import dev.tempo.model.config.ConfigWriter;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.directory.WeightFiles;
import dev.tempo.model.files.DurableFile;
import dev.tempo.model.files.StoredTensor;
import dev.tempo.model.files.TensorFile;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.scripts.MeasuredProcess;
import dev.tempo.model.scripts.ProductRows;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.TensorSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of the memory that loading takes beyond the weights, in a process of its own, and of tensors too large for an array.
 */
public class LoadingMemoryTest {
    private static final long KIBI = 1024;
    /** A config of 54 million numbers, most of them in one tensor. */
    private static final ModelConfig WIDE = new ModelConfig(
            "qwen3", 1024, 1, 8, 4, 128, 3072, 1e-6, 1e6, true, 40_000, 64, OptionalInt.empty(), List.of(1));

    @TempDir
    Path directory;

    /**
     * A program that loads a model, {@code main(model, tiny model, type)}, and prints how far its peak rose above what the
     * process held before.
     */
    static final class LoadProgram {
        private LoadProgram() {}

        public static void main(String[] arguments) throws IOException {
            Path model = Path.of(arguments[0]);
            // The engine itself, and every code path of loading, before the measurement.
            WeightType type = WeightType.valueOf(arguments[2]);
            GenerationLimits limits = GenerationLimits.standard();
            try (Policy warm = Policy.load(Path.of(arguments[1]), limits, type)) {
                assertThat(warm.config().layers()).isPositive();
            }
            // What a process has once for a shape, however often its weights are loaded.
            ModelConfig config = new ModelDirectory(model).config();
            Script.of(config, ProductRows.of(config, type));
            long before = MeasuredProcess.kibibytes("VmRSS:");
            try (Policy policy = Policy.load(model, limits, type)) {
                long held = MeasuredProcess.kibibytes("VmRSS:") - before;
                System.out.println("peak " + (MeasuredProcess.kibibytes("VmHWM:") - before) * KIBI + " held "
                        + held * KIBI + " of " + policy.config().parameters() * type.bytes());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT32, 0, FLOAT32",
        "BFLOAT16, 0, FLOAT32",
        "FLOAT32, 3, FLOAT32",
        "BFLOAT16, 0, BFLOAT16",
        "FLOAT32, 0, BFLOAT16"
    })
    void loadingTakesTheWeightsAndATenthAtMost(WeightType type, int misalignment, WeightType loaded)
            throws IOException, InterruptedException {
        Path model = zeros(directory.resolve("model"), WIDE, type, misalignment);
        Path tiny = TinyModel.policy(directory.resolve("tiny"), 1);
        // found once for a machine: memory of the search would still be given back while the other process loads
        ProductRows.of(WIDE, loaded);
        String said = MeasuredProcess.output(
                directory, Map.of(), LoadProgram.class, model.toString(), tiny.toString(), loaded.name());
        String[] words = said.substring(said.indexOf("peak ")).strip().split(" ");
        long weights = WIDE.parameters() * loaded.bytes();
        assertThat(Long.parseLong(words[3])).as(said).isBetween(weights - weights / 10, weights + weights / 10);
        assertThat(Long.parseLong(words[1])).as(said).isLessThanOrEqualTo(weights + weights / 10);
    }

    @Test
    void aTensorBeyondTwoGibibytesIsReadWhereItLies() throws IOException {
        long far = 3L << 30;
        String header = "{\"before\":{\"dtype\":\"BF16\",\"shape\":[" + far / 2 + "],\"data_offsets\":[0," + far
                + "]},\"odd\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[" + far + "," + (far + 6) + "]}} ";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Path path = directory.resolve("far.safetensors");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            ByteBuffer start = DurableFile.littleEndian(8 + json.length);
            start.putLong(json.length).put(json).flip();
            file.getChannel().write(start);
            file.getChannel()
                    .write(
                            DurableFile.littleEndian(6)
                                    .putShort((short) 0x3C00)
                                    .putShort((short) 0xC000)
                                    .putShort((short) 1)
                                    .flip(),
                            8 + json.length + far);
        }
        TensorFile file = TensorFile.open(path);
        assertThat(file.find("odd", List.of(3L)).toFloatArray()).containsExactly(1, -2, 0x1p-24f);
        StoredTensor large = file.find("before", List.of(far / 2));
        assertThat(large.size()).isGreaterThan(Integer.MAX_VALUE / 2);
        StoredTensor end = new StoredTensor(path, "end", large.type(), large.begin() + far - 8, 4);
        assertThat(end.toFloatArray()).containsExactly(0, 0, 0, 0);
    }

    @Test
    void numbersOfManyChunksArriveInOrder() {
        int size = (int) (2 * TensorSource.CHUNK + 5);
        Path path = directory.resolve("long.safetensors");
        TensorWriter.Tensor ramp = TensorWriter.Tensor.of("ramp", List.of((long) size), () -> {
            ByteBuffer numbers = DurableFile.littleEndian(4 * size);
            for (int i = 0; i < size; i++) {
                numbers.putFloat(i);
            }
            return numbers.flip();
        });
        TensorWriter.write(path, Map.of(), List.of(ramp));
        float[] read = TensorFile.open(path).find("ramp", List.of((long) size)).toFloatArray();
        for (int i = 0; i < size; i++) {
            if (read[i] != i) {
                assertThat(read[i]).as("number %d", i).isEqualTo(i);
            }
        }
        assertThat(read).hasSize(size);
    }

    /** A checkpoint of zeros that takes no room on disk. */
    public static Path zeros(Path directory, ModelConfig config, WeightType type, int misalignment) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("config.json"), ConfigWriter.write(config));
        StringBuilder header = new StringBuilder("{");
        long offset = 0;
        for (Parameter.Part part : ModelLayout.parts(config, Head.VOCABULARY)) {
            long end = offset + type.bytes() * part.size();
            header.append(offset == 0 ? "" : ",")
                    .append("\"" + part.name() + "\":{\"dtype\":\"" + type.inFiles() + "\",\"shape\":" + part.shape()
                            + ",\"data_offsets\":[" + offset + "," + end + "]}");
            offset = end;
        }
        header.append('}');
        header.append(" ".repeat((8 - header.length() % 8) % 8 + misalignment));
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        Path path = directory.resolve(WeightFiles.WEIGHTS);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            ByteBuffer start = DurableFile.littleEndian(8 + json.length);
            file.getChannel().write(start.putLong(json.length).put(json).flip());
            file.setLength(8 + json.length + offset);
        }
        return directory;
    }
}
