package dev.tempo.model.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A tokenizer of single bytes, with which every character beyond ASCII lies in several tokens. */
public final class ByteTokenizer {
    /** A special token; its id follows the 256 bytes'. */
    static final String END = "<|end|>";

    /** An added token that is not special. */
    static final String THINK = "<think>";

    private ByteTokenizer() {}

    public static Tokenizer in(Path directory) throws IOException {
        JsonMapper json = JsonMapper.shared();
        ObjectNode root = json.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation").putNull("padding").putNull("normalizer");
        var added = root.putArray("added_tokens");
        add(added.addObject(), 256, END, true);
        add(added.addObject(), 257, THINK, false);
        root.putObject("pre_tokenizer")
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
        root.putNull("post_processor");
        root.putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        ObjectNode vocabulary = model.putObject("vocab");
        int stand = 256;
        for (int b = 0; b < 256; b++) {
            boolean itself = b > 32 && b < 127 || b > 160 && b < 173 || b > 173;
            vocabulary.put(Character.toString(itself ? b : stand++), b);
        }
        model.putArray("merges");
        Path file = directory.resolve("tokenizer.json");
        Files.write(file, json.writeValueAsBytes(root));
        return Tokenizer.read(file);
    }

    private static void add(ObjectNode token, int id, String content, boolean special) {
        token.put("id", id).put("content", content).put("special", special);
        for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
            token.put(flag, false);
        }
    }
}
