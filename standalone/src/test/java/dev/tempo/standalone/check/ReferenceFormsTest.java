package dev.tempo.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.datasets.published.ConvertedQuestion;
import dev.tempo.datasets.published.FieldNames;
import dev.tempo.datasets.published.PublishedQuestions;
import dev.tempo.datasets.published.PublishedQuestions.Selection;
import dev.tempo.fixtures.SharedFiles;
import dev.tempo.judging.rule.RulesJudge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tempo questions} writes as answer is what the rules take as reference: a response that gives it is right. */
class ReferenceFormsTest {
    private final RulesJudge rules = new RulesJudge();

    @TempDir
    Path directory;

    @Test
    void everyFormOfAnswerIsAReferenceOfTheRules() throws IOException {
        Path file = Files.writeString(directory.resolve("set.jsonl"), """
                {"question": "1 + 1?", "answer": 2}
                {"question": "Is it?", "options": ["(A)yes", "(B)no", "(C)both"], "label": ["A", "C"]}
                {"question": "Blanks?", "options": null, "label": null, "answer": "$5$;$10$"}
                {"input": "Close ( [ {.", "target": "} ] )"}
                {"input": "Sort: b a\\nOptions:\\n(A) a b\\n(B) b a", "target": "(A)"}
                {"puzzle": "Two houses.", "solution": {"header": ["House", "Name"], "rows": [["1", "Eric"], ["2", "Bob"]]}}
                """);

        assertThat(stages(convert(file))).containsExactly("literal", "choice", "cloze", "text", "choice", "grid");
    }

    @ParameterizedTest
    @CsvSource({"bbh, .json, 6505", "agieval, .jsonl, 8165", "olymmath, .jsonl, 400", "aime, aime26.jsonl, 30"})
    void publishedReferencesAreRecognised(String folder, String ending, int questions) throws IOException {
        Path data = SharedFiles.at("datasets/" + folder);
        Path[] files;
        try (Stream<Path> there = Files.list(data)) {
            files = there.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toArray(Path[]::new);
        }

        List<ConvertedQuestion> converted = convert(files);

        assertThat(converted.size()).isEqualTo(questions);
        List<String> unrecognised = new ArrayList<>();
        for (ConvertedQuestion question : converted) {
            Verdict verdict = verdict(question);
            if (verdict.outcome() != Outcome.CORRECT) {
                unrecognised.add(question.id() + " " + question.answer() + ": " + verdict.reason());
            }
        }
        assertThat(unrecognised).isEmpty();
    }

    private List<String> stages(List<ConvertedQuestion> questions) {
        return questions.stream()
                .map(this::verdict)
                .peek(verdict ->
                        assertThat(verdict.outcome()).as(verdict.reason()).isEqualTo(Outcome.CORRECT))
                .map(Verdict::stage)
                .toList();
    }

    private Verdict verdict(ConvertedQuestion question) {
        String answer = Objects.requireNonNull(question.answer());
        String response = answer.startsWith("{\"header\"")
                ? "{\"solution\": {\"House 1\": {\"Name\": \"Eric\"}, \"House 2\": {\"Name\": \"Bob\"}}}"
                : "So it is \\boxed{" + answer + "}.";
        return rules.judge(question.question(), answer, response, true);
    }

    private static List<ConvertedQuestion> convert(Path... files) {
        PublishedQuestions questions = new PublishedQuestions(
                new Selection(true, null, false, true, Map.of(), FieldNames.USUAL), String::equals);
        for (Path file : files) {
            questions.add(file);
        }
        return questions.questions();
    }
}
