package dev.tempo.datasets.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tempo.datasets.published.PublishedQuestions.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows in the forms of data sets that others publish, with what their papers and harnesses count as the answer. */
class PublishedFormsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // MMLU, MMLU-Pro, AQuA-RAT
                "{'question': 'Which?', 'subject': 'x', 'choices': ['two', 'three'], 'answer': 1}",
                "{'question': 'Which?', 'options': ['two', 'three'], 'answer': 'B', 'answer_index': 1, 'cot_content': ''}",
                "{'question': 'Which?', 'options': ['A)two', 'B)three'], 'rationale': 'r', 'correct': 'B'}",
                // ARC and CommonsenseQA on the hub and as they were first published, OpenBookQA
                "{'question': 'Which?', 'choices': {'text': ['two', 'three'], 'label': ['A', 'B']}, 'answerKey': 'B'}",
                "{'question': 'Which?', 'choices': {'text': ['two', 'three'], 'label': ['1', '2']}, 'answerKey': '2'}",
                "{'question': 'Which?', 'question_concept': 'x', 'choices': {'label': ['A', 'B'], 'text': ['two', 'three']}, 'answerKey': 'B'}",
                "{'question': {'stem': 'Which?', 'choices': [{'text': 'two', 'label': 'A'}, {'text': 'three', 'label': 'B'}]}, 'answerKey': 'B'}",
                "{'question_stem': 'Which?', 'choices': {'text': ['two', 'three'], 'label': ['A', 'B']}, 'answerKey': 'B'}",
                // MedQA, C-Eval, CMMLU
                "{'question': 'Which?', 'answer': 'three', 'options': {'A': 'two', 'B': 'three'}, 'answer_idx': 'B'}",
                "{'question': 'Which?', 'A': 'two', 'B': 'three', 'answer': 'B', 'explanation': ''}",
                "{'Question': 'Which?', 'A': 'two', 'B': 'three', 'Answer': 'B'}",
                // the answer as the option's text
                "{'question': 'Which?', 'choices': ['two', 'three'], 'answer': 'three'}",
                // AGIEval in EleutherAI's harness
                "{'query': 'Q: Which? Answer Choices: (A)two (B)three\\nA: Among A through B, the answer is',"
                        + " 'choices': ['(A)two', '(B)three'], 'gold': [1]}",
                "{'query': 'Which? Answer Choices: (A)two (B)three', 'choices': ['(A)two', '(B)three'], 'gold': 1}"
            })
    void oneQuestionInManyForms(String row) throws IOException {
        assertThat(labeled(row))
                .containsExactly(new ConvertedQuestion("set-1", "Which?\n(A) two\n(B) three", "B", null));
    }

    @Test
    void promptsOfTheHarnessGiveTheirQuestionsBack() throws IOException {
        assertThat(labeled(
                        "{'query': 'It rains.Q: Is it wet? Answer Choices: (A)yes (B)no\\nA: Among A through E, the answer is',"
                                + " 'choices': ['(A)yes', '(B)no'], 'gold': [0]}",
                        "{'query': '问题：下列说法正确的是（ ） 选项：(A)甲 (B)乙 (C)丙\\n答案：从A到C, 我们应选择',"
                                + " 'choices': ['(A)甲', '(B)乙', '(C)丙'], 'gold': [0, 2]}",
                        "{'query': 'Q: What is 1+1?\\nA: The answer is', 'answer': '2'}",
                        "{'query': '问题：1+2=\\n答案：', 'answer': '3'}"))
                .containsExactly(
                        new ConvertedQuestion("set-1", "It rains.\n\nIs it wet?\n(A) yes\n(B) no", "A", null),
                        new ConvertedQuestion("set-2", "下列说法正确的是（ ）\n(A) 甲\n(B) 乙\n(C) 丙", "AC", null),
                        new ConvertedQuestion("set-3", "What is 1+1?", "2", null),
                        new ConvertedQuestion("set-4", "1+2=", "3", null));
    }

    @Test
    void aRowMayHaveAListOfExamplesOfItsOwn() throws IOException {
        assertThat(labeled(
                        "{'id': 'a', 'question': 'Q?', 'answer': 'A', 'examples': [{'question': 'E?', 'answer': '1'}]}",
                        "{'id': 'b', 'question': 'R?', 'answer': 'B', 'rows': [['x', 1], ['y', 2]]}"))
                .extracting(ConvertedQuestion::question, ConvertedQuestion::answer)
                .containsExactly(tuple("Q?", "A"), tuple("R?", "B"));
    }

    @Test
    void listsOneAfterTheOtherAreAllRead() throws IOException {
        assertThat(labeled(
                        "[{'question': '1?', 'answer': '1'}, {'question': '2?', 'answer': '2'}]",
                        "[{'question': '3?', 'answer': '3'}] {'question': '4?', 'answer': '4'}"))
                .extracting(ConvertedQuestion::question)
                .containsExactly("1?", "2?", "3?", "4?");
        assertThatThrownBy(() -> labeled("[{'question': '1?', 'answer': '1'}] rubbish"))
                .hasMessageContaining("is not JSON behind row 1");
    }

    @Test
    void theSameQuestionOfTheExamAndOfTheHarnessIsTakenOnce() throws IOException {
        assertThat(labeled(
                        "{'passage': null, 'question': 'Which?', 'options': ['(A)two', '(B)three'], 'label': 'B', 'answer': null}",
                        "{'query': 'Q: Which? Answer Choices: (A)two (B)three\\nA: Among A through E, the answer is',"
                                + " 'choices': ['(A)two', '(B)three'], 'gold': [1]}"))
                .hasSize(1);
    }

    /** A regular expression made of the options would take minutes to be made. */
    @Test
    void optionsOfAnyLengthAreLookedForInThePrompt() {
        String option = "word and ".repeat(60_000) + "end";
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(labeled("{'question': 'Which? Answer Choices: (A)" + option
                                + "  (B)two', 'choices': ['(A)" + option + "', '(B)two'], 'answer': 1}"))
                        .hasSize(1)
                        .allSatisfy(question -> assertThat(question.question()).startsWith("Which?\n(A) word")));
    }

    @Test
    void passagesOfEveryNameStandAboveTheQuestion() throws IOException {
        assertThat(
                        labeled(
                                "{'article': 'It rains.', 'question': 'Wet?', 'options': ['very', 'no'], 'answer': 'A'}",
                                "{'context': 'It snows.', 'question': 'Wet?', 'options': ['very', 'no'], 'answer': 'A'}",
                                "{'id': 'z#1', 'puzzle': 'Two houses.', 'question': 'Who lives in House 1?', 'choices': ['Eric', 'Arnold'], 'answer': 'Arnold'}"))
                .containsExactly(
                        new ConvertedQuestion("set-1", "It rains.\n\nWet?\n(A) very\n(B) no", "A", null),
                        new ConvertedQuestion("set-2", "It snows.\n\nWet?\n(A) very\n(B) no", "A", null),
                        new ConvertedQuestion(
                                "z#1", "Two houses.\n\nWho lives in House 1?\n(A) Eric\n(B) Arnold", "B", null));
    }

    @Test
    void aTruthValueIsAChoiceBetweenYesAndNo() throws IOException {
        assertThat(labeled(
                        "{'question': 'is rain wet', 'passage': 'It rains.', 'answer': true}",
                        "{'question': 'Is snow warm?', 'answer': false}"))
                .containsExactly(
                        new ConvertedQuestion("set-1", "It rains.\n\nis rain wet\n(A) Yes\n(B) No", "A", null),
                        new ConvertedQuestion("set-2", "Is snow warm?\n(A) Yes\n(B) No", "B", null));
    }

    @Test
    void distractorsBecomeOptionsAndAWorkedSolutionGivesItsResult() throws IOException {
        List<ConvertedQuestion> questions = labeled(
                "{'question': 'Which gas?', 'distractor1': 'ozone', 'distractor2': 'neon', 'distractor3': 'argon', 'correct_answer': 'oxygen', 'support': ''}",
                "{'question': 'How many?', 'answer': '2 and 3 make 5.\\n#### 1,005'}");

        assertThat(questions.get(0).question())
                .contains("\n(" + questions.get(0).answer() + ") oxygen", "ozone", "neon", "argon");
        assertThat(questions.get(1).answer()).isEqualTo("1,005");
    }

    @Test
    void messagesThatEndWithTheAnswerDoNotHideTheQuestionBesideThem() throws IOException {
        assertThat(labeled("{'problem': 'Which?', 'answer': '2', 'messages': [{'role': 'user', 'content': 'Which?'},"
                        + " {'role': 'assistant', 'content': '2'}]}"))
                .containsExactly(new ConvertedQuestion("set-1", "Which?", "2", null));
    }

    @Test
    void whatTheHubsServerAnswersIsRead() throws IOException {
        assertThat(labeled("{'features': [], 'rows': [{'row_idx': 0, 'row': {'problem': '1+1', 'answer': 2},"
                        + " 'truncated_cells': []}], 'num_rows_total': 1}"))
                .containsExactly(new ConvertedQuestion("set-1", "1+1", "2", null));
        assertThatThrownBy(
                        () -> labeled(
                                "{'rows': [{'row_idx': 0, 'row': {'problem': '1+', 'answer': 2}, 'truncated_cells': ['problem']}]}"))
                .hasMessageContaining("row 1 was cut short by the server", "problem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Question': 'Sum?', 'Correct Answer': '3\\n', 'Incorrect Answer 1': '3', 'Incorrect Answer 2': '4'} | two equal options",
                "{'question': 'Sum?', 'options': ['(A) 3', '(B)3 '], 'label': 'A'} | field 'options' has two equal options, (A) and (B) are both '3'",
                "{'question': 'Sum?', 'choices': {'text': ['3', '3'], 'label': ['A', 'B']}, 'answerKey': 'A'} | two equal options",
                "{'ctx': 'A man', 'question': 'What next?', 'endings': ['a', 'b'], 'label': '1'} | field 'endings' seems to be an option",
                "{'goal': 'g', 'question': 'q', 'sol1': 'a', 'sol2': 'b', 'label': 0} | field 'sol1' seems",
                "{'question': 'q', 'opa': 'a', 'opb': 'b', 'cop': 1} | 'options', and the right one as 'answer'",
                "{'question': 'q', 'mc1_targets': {'choices': ['a', 'b'], 'labels': [1, 0]}} | field 'mc1_targets' seems",
                "{'Problem': 'q', 'options': 'a ) 38 , b ) 27', 'correct': 'a'} | field 'options' should be options as a list",
                "{'question': 'q', 'choices': ['B', 'A'], 'answer': 'A', 'x': 1} | the letter of option (A) and the text of option (B)",
                "{'question': 'q', 'choices': {'text': ['B', 'A'], 'label': ['A', 'B']}, 'answerKey': 'A'} | the letter of option (A) and the text of option (B)",
                "{'question': 'q', 'choices': ['a', 'b'], 'answer': 2} | should count the 2 options from 0 but is 2",
                "{'question': 'q', 'choices': ['a', 'b']} | Name the field that says which option is right",
                "{'puzzle': 'p', 'question': 'q', 'choices': ['a', 'b'], 'answer': '___'} | field 'answer' is masked",
                "{'query': 'Q: q Answer Choices: (A)one (B)two\\nA: Among A through B, the answer is', 'choices': ['(A)1', '(B)2'], 'gold': [1]} | other options than",
                "{'question': 'q', 'choices': {'text': ['a', 'b'], 'label': ['A']}, 'answerKey': 'A'} | 2 texts but 1 labels",
                "{'problem': {'0': '1+1', '1': '1+2'}, 'answer': {'0': 2, '1': 3}} | df.to_json(NEW, orient=\"records\", lines=True)",
                "{'columns': ['problem'], 'index': [0], 'data': [['1+1']]} | orient=\"split\"",
                "{'0': {'problem': '1+1'}, '1': {'problem': '1+2'}} | orient=\"index\"",
                "{'problem': ['1+1', '1+2'], 'answer': [2, 3]} | columns, each a list",
                "{'error': 'The dataset does not exist.'} | the error that a server gave in place of data: The dataset does not exist",
            })
    void formsThatCannotBeTakenAsTheyAreAreRefusedWithWhatToDo(String rowAndWords) {
        String[] parts = rowAndWords.split(" \\| ");

        assertThatThrownBy(() -> labeled(parts[0])).hasMessageContaining(parts[1]);
    }

    private List<ConvertedQuestion> labeled(String... rows) throws IOException {
        Path file = Files.writeString(
                directory.resolve("set.jsonl"), String.join("\n", rows).replace('\'', '"') + "\n");
        PublishedQuestions questions = new PublishedQuestions(
                new Selection(true, null, false, false, Map.of(), FieldNames.USUAL), String::equals);
        questions.add(file);
        return questions.questions();
    }
}
