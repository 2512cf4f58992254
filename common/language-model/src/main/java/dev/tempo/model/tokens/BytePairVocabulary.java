package dev.tempo.model.tokens;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A vocabulary of a byte-level byte-pair encoding, written as a tokenizer.json that any Hugging Face tokenizer reads.
 *
 * @param tokens by id, their bytes as visible characters
 * @param merges the merged pairs in the order of their ranks
 */
public record BytePairVocabulary(List<String> tokens, List<List<String>> merges) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public BytePairVocabulary {
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
    }

    /**
     * A token beside the vocabulary, which no merge makes and no piece is cut from.
     *
     * @param special whether it is left out where texts are decoded for people
     */
    public record AddedToken(String text, boolean special) {}

    /** The ids of a text without added tokens: in each piece the pair of the lowest rank is merged until there is none. */
    public int[] encode(String text) {
        Map<List<String>, Integer> ranks = new HashMap<>();
        for (int rank = 0; rank < merges.size(); rank++) {
            ranks.put(merges.get(rank), rank);
        }
        return ByteLevel.pieces(text).stream()
                .flatMap(piece -> merged(ByteLevel.bytes(piece), ranks).stream())
                .mapToInt(tokens::indexOf)
                .toArray();
    }

    private static List<String> merged(List<String> bytes, Map<List<String>, Integer> ranks) {
        List<String> parts = new ArrayList<>(bytes);
        while (true) {
            int best = -1;
            int lowest = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < parts.size(); i++) {
                int rank = ranks.getOrDefault(parts.subList(i, i + 2), Integer.MAX_VALUE);
                if (rank < lowest) {
                    lowest = rank;
                    best = i;
                }
            }
            if (best < 0) {
                return parts;
            }
            parts.set(best, parts.get(best) + parts.remove(best + 1));
        }
    }

    /**
     * The content of tokenizer.json.
     *
     * @param added tokens that follow the vocabulary, in the order of ids
     */
    public byte[] tokenizerJson(List<AddedToken> added) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        var addedTokens = root.putArray("added_tokens");
        for (int i = 0; i < added.size(); i++) {
            ObjectNode token = addedTokens.addObject();
            token.put("id", tokens.size() + i);
            token.put("content", added.get(i).text());
            for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
                token.put(flag, false);
            }
            token.put("special", added.get(i).special());
        }
        root.putNull("normalizer");
        byteLevel(root.putObject("pre_tokenizer"));
        root.putNull("post_processor");
        byteLevel(root.putObject("decoder"));
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE");
        model.putNull("dropout");
        model.putNull("unk_token");
        model.putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix");
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        ObjectNode ids = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            ids.put(tokens.get(id), id);
        }
        var pairs = model.putArray("merges");
        merges.forEach(pair -> pairs.add(String.join(" ", pair)));
        return JSON.writeValueAsBytes(root);
    }

    private static void byteLevel(ObjectNode step) {
        step.put("type", "ByteLevel");
        step.put("add_prefix_space", false);
        step.put("trim_offsets", true);
        step.put("use_regex", true);
    }
}
