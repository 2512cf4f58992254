package dev.tempo.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.util.DigestUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a checkpoint holds of a trainer: all but the notes, which say when and by whom it was written. */
final class SavedState {
    private SavedState() {}

    /** Weights, moments, steps and optimizer's settings, as text that is another one when one bit is. */
    static String of(Path checkpoint) {
        byte[] file = read(checkpoint);
        int header = headerLength(file);
        Map<String, String> tensors = new TreeMap<>();
        header(file).forEachEntry((name, value) -> {
            if (!name.equals("__metadata__")) {
                tensors.put(name, value.toString());
            }
        });
        String data = DigestUtils.md5DigestAsHex(Arrays.copyOfRange(file, 8 + header, file.length));
        return optimizer(checkpoint) + " " + tensors + " " + data;
    }

    /** The optimizer's settings and steps. */
    static Map<String, String> optimizer(Path checkpoint) {
        Map<String, String> settings = new TreeMap<>();
        header(read(checkpoint)).path("__metadata__").forEachEntry((name, value) -> {
            if (name.startsWith("optimizer.")) {
                settings.put(name, value.asString());
            }
        });
        return settings;
    }

    private static JsonNode header(byte[] file) {
        return JsonMapper.builder().build().readTree(new String(file, 8, headerLength(file), StandardCharsets.UTF_8));
    }

    private static int headerLength(byte[] file) {
        return (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
