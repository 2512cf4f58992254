package dev.tempo.model.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.SharedFiles;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of published tokenizers against what Hugging Face's own library makes of the same texts. */
class SharedTokenizersTest {
    @ParameterizedTest
    @ValueSource(strings = {"qwen3", "olmo3-dolma2"})
    void everyReferenceTextHasItsIdsAndComesBack(String name) {
        Path directory = SharedFiles.at("fixtures/tokenizers/" + name);
        JsonNode reference = JsonMapper.shared().readTree(directory.resolve("reference.json"));
        try (Tokenizer tokenizer = Tokenizer.read(directory.resolve("tokenizer.json"))) {
            assertThat(tokenizer.vocabularySize())
                    .isEqualTo(reference.path("vocab_size").asInt());
            for (JsonNode one : reference.path("cases")) {
                String text = one.path("text").asString();
                int[] ids = JsonMapper.shared().treeToValue(one.path("ids"), int[].class);
                assertThat(tokenizer.encode(text)).as(text).isEqualTo(ids);
                assertThat(tokenizer.encode(text, true)).as(text).isEqualTo(ids);
                assertThat(tokenizer.decode(ids)).isEqualTo(one.path("decoded").asString());
                assertThat(tokenizer.decode(ids, true))
                        .isEqualTo(one.path("decoded_skip_special").asString());
                assertThat(streamed(tokenizer, ids))
                        .isEqualTo(one.path("decoded").asString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"qwen3", "olmo3-dolma2"})
    void idsBeyondTheVocabularyHaveNoText(String name) {
        try (Tokenizer tokenizer = Tokenizer.read(SharedFiles.at("fixtures/tokenizers/" + name + "/tokenizer.json"))) {
            int[] ids = tokenizer.encode("a b");
            int[] beyond = {ids[0], tokenizer.vocabularySize(), 151_935, Integer.MAX_VALUE, ids[1]};
            assertThat(tokenizer.decode(beyond)).isEqualTo("a b");
            assertThat(streamed(tokenizer, beyond)).isEqualTo("a b");
        }
    }

    private static String streamed(Tokenizer tokenizer, int[] ids) {
        TextStream stream = new TextStream(tokenizer);
        StringBuilder text = new StringBuilder();
        for (int id : ids) {
            text.append(stream.accept(id));
        }
        return text.append(stream.finish()).toString();
    }
}
