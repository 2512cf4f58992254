package dev.tempo.serving.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasoningSplitTest {
    private static String plain(String text) {
        return text.replace("¶", "\n");
    }

    private static List<String> split(String prompt, String answer, int step) {
        ReasoningSplit split = ReasoningSplit.after(prompt);
        StringBuilder thought = new StringBuilder();
        StringBuilder said = new StringBuilder();
        for (int at = 0; at < answer.length(); at += step) {
            ReasoningSplit.Parts parts = split.accept(answer.substring(at, Math.min(answer.length(), at + step)));
            thought.append(parts.thought());
            said.append(parts.said());
        }
        ReasoningSplit.Parts rest = split.finish();
        return List.of(
                thought.append(rest.thought()).toString(),
                said.append(rest.said()).toString());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
        user:,                 <think>¶I add.¶</think>¶¶It is 4.,      I add.,         It is 4.
        user:,                 "¶ <think>one </thin two</think>three", one </thin two, three
        user:,                 It is <think>4</think>.,                "",             It is <think>4</think>.
        user:,                 <thinking,                              "",             <thinking
        user:,                 <think>¶cut o,                          cut o,          ""
        user:,                 "",                                     "",             ""
        assistant:<think>¶,    two lines¶¶of thought¶</think>¶yes,     two lines¶¶of thought, yes
        assistant:<think>¶,    <think>a</think>b,                      <think>a,       b
        <think>¶¶</think>¶¶,   It is 4.,                               "",             It is 4.
        <think> what is this,  It is 4.,                               "",             It is 4.
        user:,                 <think></think>4,                       "",             4
        user:,                 <think>a</think>b</think>c,             a,              b</think>c
        """)
    void anAnswerIsSplitAtItsTagsHoweverItsTextComes(String prompt, String answer, String thought, String said) {
        for (int step = 1; step <= answer.length() + 1; step++) {
            assertThat(split(plain(prompt), plain(answer), step)).containsExactly(plain(thought), plain(said));
        }
    }
}
