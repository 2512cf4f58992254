package dev.tempo.model.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.algorithm.rounds.CounterRandom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextStreamTest {
    @TempDir
    Path directory;

    private Tokenizer tokenizer;

    @BeforeEach
    void open() throws IOException {
        tokenizer = ByteTokenizer.in(directory);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    private List<String> pieces(int... ids) {
        TextStream stream = new TextStream(tokenizer);
        List<String> pieces = new ArrayList<>();
        for (int id : ids) {
            pieces.add(stream.accept(id));
        }
        pieces.add(stream.finish());
        return pieces;
    }

    @Test
    void aCharacterComesWithItsLastByte() {
        assertThat(pieces(tokenizer.encode("a\u00e9\ud83d\ude00b")))
                .containsExactly("a", "", "\u00e9", "", "", "", "\ud83d\ude00", "b", "");
    }

    @Test
    void bytesThatNeverFormACharacterComeInTheEnd() {
        assertThat(pieces('a', 0xf0, 0x9f)).containsExactly("a", "", "", "\ufffd");
        assertThat(pieces(0x80, 0x80, 'a')).containsExactly("", "\ufffd", "\ufffda", "");
        assertThat(pieces(0xe2, 'a')).containsExactly("", "\ufffda", "");
    }

    @Test
    void aReplacementCharacterThatWasWrittenIsNoBrokenOne() {
        int[] ids = tokenizer.encode("x\ufffdy");
        assertThat(String.join("", pieces(ids))).isEqualTo("x\ufffdy");
    }

    @Test
    void specialTokensAndIdsBeyondTheVocabularyPassThrough() {
        assertThat(pieces('a', 256, 257, 9999, 'b')).containsExactly("a", "<|end|>", "<think>", "", "b", "");
    }

    @Test
    void thePiecesAreTheWholeTextWhateverTheBytes() {
        for (int round = 0; round < 200; round++) {
            long key = CounterRandom.key(5, round);
            int lowest = round % 2 == 0 ? 0 : 128;
            int[] ids = IntStream.range(0, 40)
                    .map(i -> lowest + CounterRandom.below(key, i, 260 - lowest))
                    .toArray();
            assertThat(String.join("", pieces(ids))).isEqualTo(tokenizer.decode(ids));
        }
    }

    @Test
    void aStopStringWithinAndAcrossTokensEndsTheText() {
        StopStrings stop = new StopStrings(tokenizer, List.of("\n\nQ", "\u00e9!", "zz"));
        StopStrings.Search search = stop.search();
        int count = 0;
        for (int id : tokenizer.encode("ab \u00e9\u00e9!zz")) {
            count++;
            if (search.completes(id)) {
                break;
            }
        }
        assertThat(search.text()).isEqualTo("ab \u00e9");
        assertThat(count).as("tokens up to the one that completes it").isEqualTo(8);
        assertThatThrownBy(() -> search.completes('x')).hasMessageContaining("\u00e9!");
    }

    @Test
    void theFirstStopStringInTheTextCounts() {
        StopStrings stop = new StopStrings(tokenizer, List.of("cd", "bcd"));
        assertThat(stop.text(tokenizer.encode("abcde"))).isEqualTo("a");
        assertThat(stop.text(tokenizer.encode("abce"))).isEqualTo("abce");
        assertThat(stop.text(new int[] {'a', 0xe2})).isEqualTo("a\ufffd");
    }

    @Test
    void aStopStringNeedsACharacter() {
        assertThatThrownBy(() -> new StopStrings(tokenizer, List.of(""))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void specialTokensCanBeLeftOut() {
        int[] ids = tokenizer.encode("a<|end|><think>b");
        assertThat(ids).containsExactly('a', 256, 257, 'b');
        assertThat(tokenizer.decode(ids, true)).isEqualTo("a<think>b");
        assertThat(tokenizer.decode(ids)).isEqualTo("a<|end|><think>b");
    }
}
