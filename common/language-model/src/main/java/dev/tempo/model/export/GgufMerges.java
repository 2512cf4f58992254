package dev.tempo.model.export;

import dev.tempo.model.ModelFormatException;
import dev.tempo.model.config.ConfigFields;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The merges of a byte-level BPE, and the splitting of texts that llama.cpp does before it merges. A tokenizer of single
 * characters is one, too: each character's bytes are merged and nothing else.
 *
 * @param splitting the name that llama.cpp has for the splitting
 * @param pairs the merged pairs in the order of their ranks, each with a space between
 * @param characters whether the vocabulary is of plain characters, not of bytes by stand-ins
 */
record GgufMerges(String splitting, List<String> pairs, boolean characters) {
    private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
    private static final String REST = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    /** The names of regular expressions in llama.cpp (llama-vocab.cpp). */
    private static final Map<String, String> SPLITTINGS = Map.of(
            CONTRACTIONS + "\\p{N}" + REST, "qwen2",
            CONTRACTIONS + "\\p{N}{1,3}" + REST, "dbrx");

    private static final String SINGLE_CHARACTERS = "[\\s\\S]";
    private static final String OWN_SPLITTING = "gpt-2";

    GgufMerges {
        pairs = List.copyOf(pairs);
    }

    /**
     * The merges of a tokenizer.json.
     *
     * @throws ModelFormatException naming file and field, if llama.cpp has no such tokenizer
     */
    static GgufMerges of(Path file, JsonNode root) {
        ConfigFields fields = new ConfigFields(file, "", root);
        JsonNode model = root.path("model");
        JsonNode pre = root.path("pre_tokenizer");
        String type = model.path("type").asString("");
        if (type.equals("WordLevel") && splitsBy(pre, SINGLE_CHARACTERS)) {
            return ofCharacters(fields, model.path("vocab"));
        }
        if (!type.equals("BPE")) {
            throw fields.refusal(
                    "model.type",
                    "is " + type + "; llama.cpp, for which GGUF files are written, reads byte-level BPE and single"
                            + " characters only");
        }
        for (String field : List.of(
                "continuing_subword_prefix", "end_of_word_suffix", "byte_fallback", "ignore_merges", "dropout")) {
            JsonNode value = model.path(field);
            if (value.asBoolean(false)
                    || !value.asString("").isEmpty() && !value.isBoolean()
                    || value.asDouble(0) != 0) {
                throw fields.refusal("model." + field, "is " + value + ", which llama.cpp does not do");
            }
        }
        return new GgufMerges(splitting(fields, pre), pairs(fields, model.path("merges")), false);
    }

    private static String splitting(ConfigFields fields, JsonNode pre) {
        if (isByteLevel(pre, true)) {
            return OWN_SPLITTING;
        }
        JsonNode both = pre.path("pretokenizers");
        if (both.size() == 2 && isByteLevel(both.path(1), false)) {
            for (Map.Entry<String, String> known : SPLITTINGS.entrySet()) {
                if (splitsBy(both.path(0), known.getKey())) {
                    return known.getValue();
                }
            }
        }
        throw fields.refusal(
                "pre_tokenizer",
                "splits texts in a way for which llama.cpp has no name that is known here: "
                        + ConfigFields.shortened(pre));
    }

    private static boolean isByteLevel(JsonNode pre, boolean splits) {
        return pre.path("type").asString("").equals("ByteLevel")
                && !pre.path("add_prefix_space").asBoolean(true)
                && pre.path("use_regex").asBoolean(true) == splits;
    }

    /** Whether a text is cut into what a regular expression matches; in both families it matches all of it. */
    private static boolean splitsBy(JsonNode pre, String regex) {
        boolean invert = pre.path("invert").asBoolean(false);
        String behavior = pre.path("behavior").asString("");
        return pre.path("type").asString("").equals("Split")
                && pre.path("pattern").path("Regex").asString("").equals(regex)
                && behavior.equals(invert ? "Removed" : "Isolated");
    }

    private static List<String> pairs(ConfigFields fields, JsonNode merges) {
        List<String> pairs = new ArrayList<>();
        for (JsonNode merge : merges) {
            String pair = merge.isString()
                    ? merge.asString()
                    : merge.path(0).asString("") + " " + merge.path(1).asString("");
            if (pair.chars().filter(character -> character == ' ').count() != 1
                    || pair.strip().length() < 3) {
                throw fields.refusal(
                        "model.merges", "has " + ConfigFields.shortened(merge) + ", which is no byte-level pair");
            }
            pairs.add(pair);
        }
        return pairs;
    }

    /** A character's bytes are merged from the first to the last, which no other character's bytes can join. */
    private static GgufMerges ofCharacters(ConfigFields fields, JsonNode vocabulary) {
        Set<String> pairs = new LinkedHashSet<>();
        vocabulary.properties().forEach(entry -> {
            String character = entry.getKey();
            if (character.codePointCount(0, character.length()) != 1) {
                throw fields.refusal(
                        "model.vocab", "has '" + character + "', though texts are split into single characters");
            }
            String bytes = standIns(character);
            for (int i = 1; i < bytes.length(); i++) {
                pairs.add(bytes.substring(0, i) + " " + bytes.charAt(i));
            }
        });
        return new GgufMerges(OWN_SPLITTING, List.copyOf(pairs), true);
    }

    /** The text of a vocabulary entry in the file. */
    String inFiles(String token) {
        return characters ? standIns(token) : token;
    }

    /** What llama.cpp does otherwise, a sentence each. */
    List<String> notes() {
        return characters
                ? List.of(
                        "llama.cpp leaves out characters that the vocabulary has not, where this project refuses them")
                : List.of();
    }

    /** The bytes of a text by the printable characters that stand for them in byte-level BPE. */
    static String standIns(String text) {
        StringBuilder result = new StringBuilder();
        for (byte signed : text.getBytes(StandardCharsets.UTF_8)) {
            result.append(standIn(Byte.toUnsignedInt(signed)));
        }
        return result.toString();
    }

    /** Printable bytes of Latin-1 stand for themselves, the others for U+0100 and on, in their order. */
    private static char standIn(int value) {
        if (isPrintable(value)) {
            return (char) value;
        }
        int before = 0;
        for (int other = 0; other < value; other++) {
            before += isPrintable(other) ? 0 : 1;
        }
        return (char) (0x100 + before);
    }

    private static boolean isPrintable(int value) {
        return value > 0x20 && value < 0x7f || value > 0xa0 && value != 0xad;
    }
}
