package dev.tempo.datasets.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.datasets.DataFileException;
import dev.tempo.datasets.published.PublishedQuestions.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedQuestionsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'problem': 'Half of four?', 'answer': 2}",
                "{'Problem': 'Half of four?', 'Answer': '2', 'ID': '7'}",
                "{'question': 'Half of four?', 'ref_answer': ' 2 '}",
                "{'prompt': 'Half of four?', 'label': '2', 'answer': null}",
                "{'prompt': 'user: Half of four?', 'ground_truth': ['2']}",
                "{'prompt': [{'role': 'user', 'content': 'Half of four?'}], 'reward_model': {'ground_truth': '2'}}",
                "{'prompt': 'Be brief.', 'messages': '[{\\'role\\': \\'system\\', \\'content\\': \\'Be brief.\\'},"
                        + " {\\'role\\': \\'user\\', \\'content\\': \\'Half of four?\\'}]', 'ground_truth': '2'}",
                "[{'input': 'Half of four?', 'target': '2'}]",
                "{'canary': 'x', 'examples': [{'input': 'Half of four?', 'target': '2'}]}",
                "{'data': [\n  {'query': 'Half of four?',\n   'expected_answer': '2'}\n]}"
            })
    void theUsualFormsGiveQuestionAndAnswer(String content) throws IOException {
        assertThat(labeled(write("set.json", content)))
                .containsExactly(new ConvertedQuestion("set-1", "Half of four?", "2", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Half of four?\\nPlease reason step by step, and put your final answer within \\\\boxed{}.",
                "Half of four? Let's think step by step and output the final answer within \\\\boxed{}.",
                "Half of four?\\n\\nPut your answer in \\\\boxed{}.",
                "Solve the following math problem step by step. The last line of your response should be of the form"
                        + " Answer: $Answer (without quotes) where $Answer is the answer to the problem.\\n\\nHalf of"
                        + " four?\\n\\nRemember to put your answer on its own line after \\'Answer:\\'."
            })
    void standingInstructionsAreTakenOffUnlessTheyShallStay(String question) throws IOException {
        Path file = write("set.jsonl", "{'question': '" + question + "', 'answer': '2'}");

        assertThat(labeled(file)).extracting(ConvertedQuestion::question).containsExactly("Half of four?");
        assertThat(convert(new Selection(true, null, true, false, Map.of(), FieldNames.USUAL), file))
                .extracting(ConvertedQuestion::question)
                .singleElement()
                .asString()
                .hasSizeGreaterThan(20);
    }

    @Test
    void anExamListsItsOptionsAndItsLabelIsLetters() throws IOException {
        Path file = write(
                "exam.jsonl",
                "{'passage': 'It rains.', 'question': 'Is it wet?', 'options': ['(A)yes', '(B) no'], 'label': 'A'}",
                "{'passage': null, 'question': 'Which?', 'options': [' A. a man', 'B．a boy', '(C)both'], 'label': ['C', '。', 'A']}",
                "{'question': 'Who?', 'options': ['A Ann', 'B Bob'], 'label': 'A B', 'answer': null}",
                "{'question': 'Which one?', 'choices': ['A man', 'two'], 'answer': 1}",
                "{'passage': '', 'question': '1 + 1 = ?', 'options': null, 'label': null, 'answer': '2'}");

        assertThat(labeled(file))
                .containsExactly(
                        new ConvertedQuestion("exam-1", "It rains.\n\nIs it wet?\n(A) yes\n(B) no", "A", null),
                        new ConvertedQuestion("exam-2", "Which?\n(A) a man\n(B) a boy\n(C) both", "AC", null),
                        new ConvertedQuestion("exam-3", "Who?\n(A) Ann\n(B) Bob", "AB", null),
                        new ConvertedQuestion("exam-4", "Which one?\n(A) A man\n(B) two", "B", null),
                        new ConvertedQuestion("exam-5", "1 + 1 = ?", "2", null));
    }

    @Test
    void aLabelThatNoOptionHasIsRefused() throws IOException {
        Path file = write("exam.jsonl", "{'question': 'Which?', 'options': ['(A)a', '(B)b'], 'label': 'D'}");

        assertThatThrownBy(() -> labeled(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("exam.jsonl, row 1: field 'label' should name options A to B but is D");
    }

    @Test
    void theRightOneOfSeveralAnswersIsAlwaysTheSameLetter() throws IOException {
        String answers = "'Correct Answer': 'four', 'Incorrect Answer 1': 'one', 'Incorrect Answer 2': 'two',"
                + " 'Incorrect Answer 3': 'three', 'Record ID': 'r'}";
        Path file = write(
                "science.jsonl",
                "{'Question': 'Which is even and a square?', " + answers,
                "{'Question': 'Which is 2 + 2?', " + answers,
                "{'Question': 'Which is the largest?', " + answers);

        List<ConvertedQuestion> questions = labeled(file);

        assertThat(questions).extracting(ConvertedQuestion::answer).containsExactly("D", "C", "A");
        for (ConvertedQuestion question : questions) {
            assertThat(question.question()).contains("\n(" + question.answer() + ") four");
        }
    }

    @Test
    void aPuzzleAsksForTheCellsOfItsGrid() throws IOException {
        Path file = write(
                "zebra.jsonl",
                "{'id': 'lgp-2x2-1', 'puzzle': 'Two houses.', 'solution': {'header': ['House', 'Name', 'Pet'],"
                        + " 'rows': [['1', 'Eric', 'cat'], ['2', 'Arnold', 'dog']]}}");

        assertThat(labeled(file)).singleElement().satisfies(puzzle -> {
            assertThat(puzzle.id()).isEqualTo("lgp-2x2-1");
            assertThat(puzzle.question())
                    .startsWith("Two houses.\n\nGive the solution as a JSON object")
                    .endsWith("{\"solution\":{\"House 1\":{\"Name\":\"___\",\"Pet\":\"___\"},"
                            + "\"House 2\":{\"Name\":\"___\",\"Pet\":\"___\"}}}");
            assertThat(puzzle.answer())
                    .isEqualTo("{\"header\":[\"House\",\"Name\",\"Pet\"],\"rows\":[[\"1\",\"Eric\",\"cat\"],"
                            + "[\"2\",\"Arnold\",\"dog\"]]}");
        });
    }

    @Test
    void aMaskedSolutionIsRefusedButItsPuzzleMayBeAsked() throws IOException {
        String masked = "'solution': {'header': ['House', 'Name'], 'rows': [['___', '___']]}}";
        Path file = write("zebra.jsonl", "{'puzzle': 'One house.', " + masked);

        assertThatThrownBy(() -> labeled(file))
                .hasMessageContaining("zebra.jsonl, row 1: field 'solution' is masked", "--unlabeled");
        assertThat(convert(Selection.unlabeled(), file)).hasSize(1);
    }

    @Test
    void aQuestionThatComesAgainIsTakenOnceAndCounted() throws IOException {
        Path first = write("first.jsonl", "{'id': 'a', 'question': 'One?', 'answer': '1'}");
        Path second = write(
                "second.jsonl",
                "{'id': 'a', 'question': 'one? ', 'answer': '1'}",
                "{'id': 'a', 'question': 'Two?', 'answer': '2'}",
                "{'id': '2', 'question': 'Three?', 'answer': '3', 'domain': 'sums'}");
        PublishedQuestions questions = new PublishedQuestions(Selection.labeled(), String::equals);

        assertThat(questions.add(first)).hasToString("1 rows, 1 questions");
        assertThat(questions.add(second)).hasToString("3 rows, 2 questions; left out: 1 doubles");
        assertThat(questions.questions())
                .containsExactly(
                        new ConvertedQuestion("a", "One?", "1", null),
                        new ConvertedQuestion("second-2", "Two?", "2", null),
                        new ConvertedQuestion("second-3", "Three?", "3", "sums"));
    }

    @Test
    void aQuestionWithTwoAnswersIsLeftOutWhereAnswersCount() throws IOException {
        Path file = write(
                "set.jsonl",
                "{'question': 'One?', 'answer': '1'}",
                "{'question': 'One?', 'answer': '2'}",
                "{'question': 'One?', 'answer': '1'}",
                "{'question': 'Two?', 'answer': '2'}");
        PublishedQuestions labeled = new PublishedQuestions(Selection.labeled(), String::equals);

        assertThat(labeled.add(file))
                .hasToString("4 rows, 1 questions; left out: 3 with another answer than their double");
        assertThat(labeled.questions()).extracting(ConvertedQuestion::question).containsExactly("Two?");
        assertThat(convert(Selection.unlabeled(), file)).hasSize(2).allMatch(question -> question.answer() == null);
    }

    @Test
    void rowsAreChosenByAFieldAndQuestionsOfOtherFilesLeftOut() throws IOException {
        Path file = write(
                "sets.jsonl",
                "{'source': 'a', 'question': 'One?', 'answer': '1'}",
                "{'source': 'b', 'question': 'Two?', 'answer': '2'}",
                "{'source': 'b', 'question': 'Three?', 'answer': '3'}");
        PublishedQuestions questions = new PublishedQuestions(
                new Selection(true, "sums", false, false, Map.of("source", "b"), FieldNames.USUAL), String::equals);
        questions.without(write("other.jsonl", "{'question': 'TWO?'}"));

        assertThat(questions.add(file))
                .hasToString("3 rows, 1 questions; left out: 1 not asked for, 1 in a file of --without");
        assertThat(questions.questions()).containsExactly(new ConvertedQuestion("sets-3", "Three?", "3", "sums"));
    }

    @Test
    void fieldsMayBeNamed() throws IOException {
        Path file = write("set.jsonl", "{'nr': 5, 'frage': 'Half of four?', 'antwort': 2, 'question': 'no'}");
        FieldNames names = new FieldNames("nr", "frage", "antwort");

        assertThat(convert(new Selection(true, null, false, false, Map.of(), names), file))
                .containsExactly(new ConvertedQuestion("5", "Half of four?", "2", null));
    }

    @Test
    void whatCannotBeUsedIsNamedOrCounted() throws IOException {
        Path file = write(
                "set.jsonl",
                "{'question': 'One?', 'answer': '1'}",
                "{'text': 'Two?', 'answer': '2'}",
                "{'question': 'Three?'}",
                "{'question': 'Four?', 'answer': ['4', 'four']}");

        assertThatThrownBy(() -> labeled(file))
                .hasMessageContaining(
                        "set.jsonl, row 2: field 'problem' or 'question'", "[text, answer]", "--question");
        PublishedQuestions questions = new PublishedQuestions(
                new Selection(true, null, false, true, Map.of(), FieldNames.USUAL), String::equals);
        assertThat(questions.add(file).unusable())
                .hasSize(3)
                .anySatisfy(reason -> assertThat(reason).contains("row 3: field 'answer' or"))
                .anySatisfy(reason -> assertThat(reason).contains("row 4: field 'answer' should be one text"));
        assertThat(questions.questions()).hasSize(1);
    }

    @Test
    void aConversationOfSeveralTurnsIsNoQuestion() throws IOException {
        Path file = write(
                "set.jsonl",
                "{'prompt': [{'role': 'user', 'content': 'Hi'}, {'role': 'assistant', 'content': 'Hi'}], 'answer': '2'}");

        assertThatThrownBy(() -> labeled(file)).hasMessageContaining("field 'prompt' has a turn of role 'assistant'");
    }

    @Test
    void tablesAreQuestionsToo() throws IOException {
        Path table = Files.writeString(directory.resolve("x.csv"), "Question,Answer\n\"One, two?\",033\n");

        assertThat(labeled(table)).singleElement().satisfies(question -> {
            assertThat(question.question()).isEqualTo("One, two?");
            assertThat(question.answer()).isEqualTo("033");
            assertThat(question.id()).isEqualTo("x-1");
        });
    }

    @Test
    void brokenFilesAreNamedWithTheirLine() throws IOException {
        Path broken = write("set.jsonl", "{'question': 'One?', 'answer': '1'}", "{'question': ");

        assertThatThrownBy(() -> labeled(broken)).hasMessageContaining("set.jsonl: is not JSON behind row 1 (line 3)");
        assertThatThrownBy(() -> labeled(write("words.json", "['One?']"))).hasMessageContaining("row 1 should be");
        assertThatThrownBy(() -> labeled(write("empty.json", "[]"))).hasMessageContaining("holds no rows");
        assertThatThrownBy(() -> labeled(directory.resolve("ghost.json"))).hasMessageContaining("no such file");
    }

    private static List<ConvertedQuestion> labeled(Path file) {
        return convert(Selection.labeled(), file);
    }

    private static List<ConvertedQuestion> convert(Selection wanted, Path file) {
        PublishedQuestions questions = new PublishedQuestions(wanted, String::equals);
        questions.add(file);
        return questions.questions();
    }

    /** Rows with ' for "; \' stands for a quote within a text. */
    private Path write(String name, String... rows) throws IOException {
        String text = String.join("\n", rows).replace("\\'", "\u0000").replace("'s ", "\u0001s ");
        return Files.writeString(
                directory.resolve(name),
                text.replace('\'', '"').replace("\u0000", "\\\"").replace("\u0001s ", "'s ") + "\n");
    }
}
