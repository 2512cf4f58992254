package dev.tempo.model.files;

import static java.util.Map.entry;

import dev.tempo.model.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON header of a safetensors file. The header must account for every byte behind it exactly once, as Hugging Face's
 * own library demands; a name that stands twice is refused, and so is a field of a tensor other than type, shape and place.
 *
 * @param entries what the header says of each tensor, by name
 * @param metadata texts under {@code __metadata__}
 */
record TensorHeader(Map<String, Entry> entries, Map<String, String> metadata) {
    private static final String METADATA = "__metadata__";
    private static final String DAMAGED = "; the file is damaged or was not written as a whole, take it anew";
    private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");
    /** Without tables of names: they would keep what strangers call things, and copy themselves as they grow. */
    private static final JsonMapper JSON = nameless().build();

    private static final JsonMapper STRICT =
            nameless().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** The size in bits of one number of every type that the format has. */
    private static final Map<String, Integer> BITS = Map.ofEntries(
            entry("F4", 4),
            entry("F6_E2M3", 6),
            entry("F6_E3M2", 6),
            entry("BOOL", 8),
            entry("U8", 8),
            entry("I8", 8),
            entry("F8_E5M2", 8),
            entry("F8_E4M3", 8),
            entry("F8_E8M0", 8),
            entry("F8_E4M3FNUZ", 8),
            entry("F8_E5M2FNUZ", 8),
            entry("I16", 16),
            entry("U16", 16),
            entry("F16", 16),
            entry("BF16", 16),
            entry("I32", 32),
            entry("U32", 32),
            entry("F32", 32),
            entry("C64", 64),
            entry("F64", 64),
            entry("I64", 64),
            entry("U64", 64));

    /**
     * The description of a tensor.
     *
     * @param begin the position of its first byte, counted from the first byte behind the header
     * @param end the position behind its last byte, counted likewise
     */
    record Entry(String type, List<Long> shape, long begin, long end) {}

    /**
     * The header in its JSON text.
     *
     * @param path for messages
     * @param size the number of bytes behind the header
     * @throws ModelFormatException naming file and tensor
     */
    static TensorHeader read(Path path, ByteBuffer json, long size) {
        TensorHeader header = new TensorHeader(new LinkedHashMap<>(), new LinkedHashMap<>());
        header.fill(path, text(path, json));
        header.refuseGaps(path, size);
        return header;
    }

    private static String text(Path path, ByteBuffer json) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(json).toString();
        } catch (CharacterCodingException e) {
            throw new ModelFormatException(path + " is no safetensors file: its header is not in UTF-8", e);
        }
    }

    private static JsonMapper.Builder nameless() {
        return JsonMapper.builder(JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                .build());
    }

    private void fill(Path path, String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new ModelFormatException(path + " is no safetensors file: its header is no JSON object");
            }
            boolean described = false;
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                JsonNode value = parser.readValueAsTree();
                if (name.equals(METADATA) ? described : entries.containsKey(name)) {
                    throw new ModelFormatException(path + " names " + name + " twice in its header" + DAMAGED);
                }
                if (name.equals(METADATA)) {
                    described = true;
                    note(path, value);
                } else {
                    entries.put(name, tensor(path, name, value));
                }
            }
            if (parser.nextToken() != null) {
                throw new ModelFormatException(path + " is no safetensors file: its header is more than a JSON object");
            }
        } catch (JacksonException e) {
            throw new ModelFormatException(path + " is no safetensors file: its header is no JSON", e);
        }
        try {
            STRICT.readTree(text);
        } catch (JacksonException e) {
            throw new ModelFormatException(
                    path + " says something of a tensor or of itself twice in its header" + DAMAGED, e);
        }
    }

    private void note(Path path, JsonNode notes) {
        if (!notes.isObject() && !notes.isNull()) {
            throw new ModelFormatException(path + ": " + METADATA + " must hold texts by name, but is " + notes);
        }
        notes.properties().forEach(note -> {
            if (!note.getValue().isString()) {
                throw new ModelFormatException(
                        path + ": " + METADATA + " must hold texts by name (it describes the file and"
                                + " is no tensor), but " + note.getKey() + " is " + note.getValue());
            }
            metadata.put(note.getKey(), note.getValue().asString());
        });
    }

    private static Entry tensor(Path path, String name, JsonNode node) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new ModelFormatException(path + " has a tensor whose name is no text" + DAMAGED);
        }
        String where = path + ": tensor " + name;
        JsonNode offsets = node.path("data_offsets");
        if (!node.isObject()
                || !node.path("dtype").isString()
                || !node.path("shape").isArray()
                || offsets.size() != 2) {
            throw new ModelFormatException(where + " must have a dtype, a shape and two data_offsets" + DAMAGED);
        }
        node.propertyNames().forEach(field -> {
            if (!FIELDS.contains(field)) {
                throw new ModelFormatException(where + " has the field " + field + ", which safetensors has not");
            }
        });
        List<Long> shape = new ArrayList<>();
        node.path("shape").forEach(dimension -> shape.add(whole(where, "shape", dimension)));
        Entry entry = new Entry(
                node.path("dtype").asString(),
                List.copyOf(shape),
                whole(where, "data_offsets", offsets.path(0)),
                whole(where, "data_offsets", offsets.path(1)));
        if (entry.begin > entry.end || entry.end - entry.begin != bytes(where, entry)) {
            throw new ModelFormatException(described(where, entry) + ", which is not its size" + DAMAGED);
        }
        return entry;
    }

    private static long whole(String where, String field, JsonNode number) {
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.asLong() < 0) {
            throw new ModelFormatException(
                    where + ": " + field + " must hold whole numbers from 0, but has " + number + DAMAGED);
        }
        return number.asLong();
    }

    /** The size of a tensor in bytes; -1 if the numbers do not fill whole bytes. */
    private static long bytes(String where, Entry entry) {
        Integer bits = BITS.get(entry.type);
        if (bits == null) {
            throw new ModelFormatException(where + " is of type " + entry.type + ", which safetensors has not");
        }
        try {
            long all = bits;
            for (long dimension : entry.shape) {
                all = Math.multiplyExact(all, dimension);
            }
            return all % Byte.SIZE == 0 ? all / Byte.SIZE : -1;
        } catch (ArithmeticException tooLarge) {
            throw new ModelFormatException(where + " has no possible shape but " + entry.shape + DAMAGED, tooLarge);
        }
    }

    private void refuseGaps(Path path, long size) {
        List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(entries.entrySet());
        inOrder.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(tensor -> tensor.getValue().begin)
                .thenComparingLong(tensor -> tensor.getValue().end));
        long reached = 0;
        for (Map.Entry<String, Entry> tensor : inOrder) {
            String described = described(path + ": tensor " + tensor.getKey(), tensor.getValue());
            if (tensor.getValue().end > size) {
                throw new ModelFormatException(described + " of " + size + "; the file is cut short, take it anew");
            }
            if (tensor.getValue().begin < reached) {
                throw new ModelFormatException(described + ", but those up to " + reached + " are another's" + DAMAGED);
            }
            if (tensor.getValue().begin > reached) {
                throw new ModelFormatException(
                        described + ", but those from " + reached + " before them are nobody's" + DAMAGED);
            }
            reached = tensor.getValue().end;
        }
        if (reached < size) {
            throw new ModelFormatException(
                    path + " goes on for " + (size - reached) + " bytes behind its last tensor" + DAMAGED);
        }
    }

    private static String described(String where, Entry entry) {
        return where + " of type " + entry.type + " and shape " + entry.shape + " has bytes " + entry.begin + " to "
                + entry.end;
    }
}
