package dev.tempo.eval.report;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The weights in a directory as far as a model card tells of them, by the header of their safetensors file.
 *
 * @param adapter whether they are a LoRA adapter
 * @param type of the numbers, as config.json says it
 */
record StoredWeights(boolean adapter, String type) {
    private static final int LONGEST_HEADER = 64 << 20;
    private static final Map<String, String> TYPES = Map.of("F32", "float32", "BF16", "bfloat16", "F16", "float16");

    static StoredWeights in(Path directory) {
        Path adapter = directory.resolve("adapter_model.safetensors");
        boolean isAdapter = Files.exists(adapter);
        Path file = isAdapter ? adapter : directory.resolve("model.safetensors");
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            long length = Long.reverseBytes(in.readLong());
            if (length < 2 || length > Math.min(LONGEST_HEADER, Files.size(file))) {
                throw new IOException("its header cannot be " + length + " bytes long");
            }
            String header = new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
            String type = "";
            for (JsonNode tensor : JsonMapper.shared().readTree(header)) {
                type = type.isEmpty() ? tensor.path("dtype").asString("") : type;
            }
            return new StoredWeights(isAdapter, TYPES.getOrDefault(type, type));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        } catch (JacksonException noHeader) {
            throw new UncheckedIOException(file + " is damaged", new IOException(noHeader));
        }
    }
}
