package dev.tempo.serving.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.tokens.ByteTokenizer;
import dev.tempo.model.tokens.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CompletionWriterTest {
    private static final CompletionWriter WRITER =
            new CompletionWriter(new AnswerHead("cmpl-1", 0, "words@1", "v1-0"), false, true);

    private static JsonNode logProbs(List<WrittenToken> tokens) {
        AnswerText.Piece piece = new AnswerText.Piece("", "", tokens);
        return WRITER.last(0, piece, "stop").path("choices").path(0).path("logprobs");
    }

    @Test
    void alternativesThatLookAlikeAreAllTold() {
        JsonNode told = logProbs(List.of(new WrittenToken(
                        "\ufffd",
                        0,
                        -1,
                        List.of(
                                new WrittenToken.Alternative(195, "\ufffd", -1),
                                new WrittenToken.Alternative(97, "a", -2),
                                new WrittenToken.Alternative(169, "\ufffd", -3),
                                new WrittenToken.Alternative(170, "\ufffd", -4)))))
                .path("top_logprobs")
                .path(0);
        assertThat(told.propertyNames()).containsExactly("\ufffd", "a", "token_id:169", "token_id:170");
        assertThat(told.path("\ufffd").asDouble()).isEqualTo(-1);
        assertThat(told.path("token_id:170").asDouble()).isEqualTo(-4);
    }

    /** "é" is two tokens and one character, the face four tokens, one character and two of Java's. */
    @Test
    void offsetsAreThoseOfCharactersInPromptAndAnswerTogether(@TempDir Path directory) throws IOException {
        try (Tokenizer tokenizer = ByteTokenizer.in(directory)) {
            AnswerText text = new AnswerText(tokenizer, List.of(), null, 10);
            List<Integer> offsets = new ArrayList<>();
            List<Integer> parts = new ArrayList<>();
            for (int id : tokenizer.encode("a\u00e9\ud83d\ude00b")) {
                text.accept(id, new WrittenToken(tokenizer.decode(new int[] {id}), text.offset(), -1, List.of()));
                if (offsets.size() == 2) { // a stream tells its tokens part by part
                    parts.addAll(told(text.take()));
                }
                offsets.add(text.offset());
            }
            parts.addAll(told(text.take()));
            assertThat(parts).containsExactly(10, 11, 11, 12, 12, 12, 12, 13);
        }
    }

    private static List<Integer> told(AnswerText.Piece piece) {
        List<Integer> offsets = new ArrayList<>();
        logProbs(piece.tokens()).path("text_offset").forEach(offset -> offsets.add(offset.asInt()));
        return offsets;
    }
}
