package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.verification.text.Stance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class StanceTest {
    /** The answer stands in double brackets, which no rule sees. */
    @ParameterizedTest
    @CsvFileSource(resources = "stances.tsv", delimiter = '\t', quoteCharacter = '\u0000')
    void onlyWhatIsStatedIsAnAnswer(Stance expected, String marked) {
        int start = marked.indexOf("[[");
        int end = marked.indexOf("]]") - 2;
        String text = marked.replace("[[", "").replace("]]", "");

        assertThat(Stance.of(text, start, end)).isEqualTo(expected);
    }

    @Test
    void aMegabyteBeforeAndBehindIsNotRead() {
        List<String> rubbish = new ArrayList<>();
        for (String unit : new String[] {"not ", "x", "between 1 and ", "a.", "10 is not only ", "不是", "\n", "  "}) {
            rubbish.add(unit.repeat(1_000_000 / unit.length()));
        }
        for (String text : rubbish) {
            assertThat(Stance.of(text + "10" + text, text.length(), text.length() + 2))
                    .isNotNull();
        }
    }

    @Test
    void offsetsOutsideTheTextAreRefused() {
        assertThatThrownBy(() -> Stance.of("10", 0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
