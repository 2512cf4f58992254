package dev.tempo.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.model.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {
    @TempDir
    Path directory;

    private static ByteBuffer numbers(float... numbers) {
        ByteBuffer bytes = DurableFile.littleEndian(4 * numbers.length);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return bytes.flip();
    }

    private Path file(String header, byte... data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = DurableFile.littleEndian(8 + json.length + data.length);
        bytes.putLong(json.length).put(json).put(data).flip();
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return Files.write(directory.resolve("model.safetensors"), content);
    }

    private static float[] read(Path path, String name, Long... shape) {
        return TensorFile.open(path).find(name, List.of(shape)).toFloatArray();
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Path path = directory.resolve("nested").resolve("model.safetensors");
        TensorWriter.write(
                path,
                Map.of("format", "pt", "note", "\u00e4 \"quoted\""),
                List.of(
                        TensorWriter.Tensor.of("a", List.of(2L, 3L), () -> numbers(1, 2, 3, 4, 5, -0f)),
                        TensorWriter.Tensor.of("b", List.of(1L), () -> numbers(Float.MIN_VALUE))));
        assertThat(read(path, "a", 2L, 3L)).containsExactly(1, 2, 3, 4, 5, -0f);
        assertThat(read(path, "b", 1L)).containsExactly(Float.MIN_VALUE);
        assertThat(TensorFile.open(path).metadata()).isEqualTo(Map.of("format", "pt", "note", "\u00e4 \"quoted\""));
        try (Stream<Path> files = Files.list(path.getParent())) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void shortTypesAreReadAsFloat() throws IOException {
        Path path = file(
                "{\"h\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[4,12]},"
                        + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}   ",
                new byte[] {(byte) 0x80, 0x3F, 0x20, (byte) 0xC1, 0, 0x3C, 1, 0, 0, (byte) 0xC0, (byte) 0xFF, 0x7B});
        assertThat(read(path, "b", 2L)).containsExactly(1f, -10f);
        assertThat(read(path, "h", 4L)).containsExactly(1f, 0x1p-24f, -2f, 65504f);
    }

    @Test
    void errorsNameFileAndTensor() throws IOException {
        Path path = file("{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", new byte[8]);
        assertThatThrownBy(() -> read(path, "b", 1L))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(path + " has no tensor b");
        assertThatThrownBy(() -> read(path, "a", 2L))
                .hasMessageContaining("tensor a has shape [1]")
                .hasMessageContaining("[2]");
        assertThatThrownBy(() -> read(path, "a", 1L)).hasMessageContaining("tensor a is of type I64");
        assertThatThrownBy(() -> read(directory.resolve("none"), "a", 1L))
                .hasMessage(directory.resolve("none") + " is missing");
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        Path cut = file("{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}", new byte[12]);
        assertThatThrownBy(() -> TensorFile.open(cut))
                .hasMessageContaining("tensor a")
                .hasMessageContaining("0 to 16 of 12");
        Path text = Files.writeString(directory.resolve("text"), "this is no such file at all");
        assertThatThrownBy(() -> TensorFile.open(text))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("no safetensors file");
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> TensorFile.open(empty)).isInstanceOf(ModelFormatException.class);
        Path broken = file("{\"a\":", new byte[0]);
        assertThatThrownBy(() -> TensorFile.open(broken)).hasMessageContaining("its header is no JSON");
    }
}
