package dev.tempo.model.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.model.ModelFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerTest {
    @TempDir
    Path directory;

    private Tokenizer characters(String vocabulary) throws IOException {
        List<String> characters =
                vocabulary.codePoints().mapToObj(Character::toString).toList();
        Path file = directory.resolve("tokenizer.json");
        Files.write(file, CharacterTokenizer.tokenizerJson(characters, Set.of(0, 3)));
        return Tokenizer.read(file);
    }

    @Test
    void everyCharacterIsAToken() throws IOException {
        try (Tokenizer tokenizer = characters(".x+$19 \n\u00e4")) {
            int[] ids = tokenizer.encode("..x+91 \n\u00e4x$");
            assertThat(ids).containsExactly(0, 0, 1, 2, 5, 4, 6, 7, 8, 1, 3);
            assertThat(tokenizer.decode(ids)).isEqualTo("..x+91 \n\u00e4x$");
            assertThat(tokenizer.vocabularySize()).isEqualTo(9);
            assertThat(tokenizer.token(3)).isEqualTo("$");
            assertThat(tokenizer.id("$")).isEqualTo(OptionalInt.of(3));
            assertThat(tokenizer.id("q")).isEmpty();
            assertThat(tokenizer.encode("")).isEmpty();
            assertThat(tokenizer.decode(new int[0])).isEmpty();
        }
    }

    @Test
    void aCharacterBeyondTheVocabularyIsAnErrorThatShowsTheText() throws IOException {
        try (Tokenizer tokenizer = characters(".x+$")) {
            assertThatThrownBy(() -> tokenizer.encode("x+y"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'x+y'");
        }
    }

    @Test
    void idsBeyondTheVocabularyHaveNoText() throws IOException {
        try (Tokenizer tokenizer = characters(".x+$")) {
            assertThat(tokenizer.decode(new int[] {1, 4, 2, 1000})).isEqualTo("x+");
            assertThat(tokenizer.token(4)).isEmpty();
        }
    }

    @Test
    void whatIsNoTokenizerIsRefusedByName() throws IOException {
        Path file = directory.resolve("tokenizer.json");
        Files.writeString(file, "{\"model\": {\"vocab\": {\"a\": 0}}}");
        assertThatThrownBy(() -> Tokenizer.read(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file.toString());
        Files.writeString(file, "nonsense");
        assertThatThrownBy(() -> Tokenizer.read(file)).hasMessageContaining("no JSON");
    }

    @Test
    void aCharacterVocabularyHasDistinctCharacters() {
        assertThatThrownBy(() -> CharacterTokenizer.tokenizerJson(List.of("a", "bc"), Set.of()))
                .hasMessageContaining("'bc'");
        assertThatThrownBy(() -> CharacterTokenizer.tokenizerJson(List.of("a", "a"), Set.of()))
                .hasMessageContaining("'a' twice");
    }
}
