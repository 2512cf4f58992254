package dev.tempo.model.tokens;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A tokenizer of single characters, written as a tokenizer.json that any Hugging Face tokenizer reads. */
public final class CharacterTokenizer {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private CharacterTokenizer() {}

    /**
     * The content of tokenizer.json.
     *
     * @param vocabulary one character each, in the order of ids
     * @param special ids that are marked as special tokens, such as padding and end of sequence
     */
    public static byte[] tokenizerJson(List<String> vocabulary, Set<Integer> special) {
        Set<String> seen = new HashSet<>();
        for (String character : vocabulary) {
            if (character.codePointCount(0, character.length()) != 1) {
                throw new IllegalArgumentException(
                        "a character vocabulary's entries have one character each, but one is '" + character + "'");
            }
            if (!seen.add(character)) {
                throw new IllegalArgumentException("the vocabulary has '" + character + "' twice");
            }
        }
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        var added = root.putArray("added_tokens");
        special.stream().sorted().forEach(id -> {
            ObjectNode token = added.addObject();
            token.put("id", id);
            token.put("content", vocabulary.get(id));
            for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized")) {
                token.put(flag, false);
            }
            token.put("special", true);
        });
        root.putNull("normalizer");
        ObjectNode split = root.putObject("pre_tokenizer");
        split.put("type", "Split");
        split.putObject("pattern").put("Regex", "[\\s\\S]");
        split.put("behavior", "Isolated");
        split.put("invert", false);
        root.putNull("post_processor");
        root.putObject("decoder").put("type", "Fuse");
        ObjectNode model = root.putObject("model");
        model.put("type", "WordLevel");
        ObjectNode ids = model.putObject("vocab");
        for (int id = 0; id < vocabulary.size(); id++) {
            ids.put(vocabulary.get(id), id);
        }
        model.put("unk_token", "");
        return JSON.writeValueAsBytes(root);
    }
}
