package dev.tempo.datasets.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.datasets.published.PublishedQuestions.Selection;
import dev.tempo.fixtures.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as they are published, with the rows that their publishers count; skipped where they are not at hand. */
class PublicFilesTest {
    private static final Pattern LABELLED_TWICE = Pattern.compile("\\n\\([A-E]\\) \\([A-E]\\)");

    @ParameterizedTest
    @CsvSource({
        "aime/LLMEval-aime24.jsonl, 30",
        "aime/LLMEval-aime25.jsonl, 30",
        "aime/LLMEval-aime26.jsonl, 30",
        "aime/TTRL-AIME-TTT-test.json, 30",
        "aime/SvS-MATH-AIME-Evaluation.jsonl, 560",
        "aime/ROLL-math_benchmarks.jsonl, 560",
        "olymmath/OlymMATH-EN-EASY.jsonl, 100",
        "olymmath/OlymMATH-EN-HARD.jsonl, 100",
        "olymmath/OlymMATH-ZH-EASY.jsonl, 100",
        "olymmath/OlymMATH-ZH-HARD.jsonl, 100",
        "general-substitute/ROLL-llm_judge_Multi-subject-RLVR_deal_new.jsonl, 2058",
    })
    void everyRowIsAQuestion(String name, int rows) {
        PublishedQuestions questions = new PublishedQuestions(Selection.labeled(), String::equals);

        Tally tally = questions.add(shared(name));

        assertThat(tally.rows).isEqualTo(rows);
        assertThat(tally.taken + tally.doubles + tally.contradictions).isEqualTo(rows);
        assertThat(questions.questions().size()).isGreaterThan(rows * 9 / 10);
    }

    @Test
    void threePublishersOfAimeGiveTheSameQuestionsOnce() {
        PublishedQuestions one = new PublishedQuestions(
                new Selection(true, null, false, false, Map.of("source", "aime2025"), FieldNames.USUAL),
                String::equals);
        one.add(shared("aime/ROLL-math_benchmarks.jsonl"));
        PublishedQuestions other = new PublishedQuestions(
                new Selection(true, null, false, false, Map.of("data_source", "AIME-2025-30"), FieldNames.USUAL),
                String::equals);
        other.add(shared("aime/SvS-MATH-AIME-Evaluation.jsonl"));

        assertThat(one.questions()).hasSize(30);
        assertThat(other.questions()).hasSize(30);
        PublishedQuestions both = new PublishedQuestions(Selection.labeled(), String::equals);
        both.add(shared("aime/LLMEval-aime24.jsonl"));
        Tally again = both.add(shared("aime/TTRL-AIME-TTT-test.json"));
        assertThat(again.doubles).isGreaterThanOrEqualTo(24);
        assertThat(again.contradictions).isZero();
        assertThat(both.questions())
                .allMatch(question -> !question.question().contains("step by step"))
                .allMatch(question ->
                        question.answer() != null && question.answer().matches("\\d{1,3}"));
    }

    @Test
    void olympiadProblemsKeepTheirIds() {
        PublishedQuestions questions = new PublishedQuestions(Selection.labeled(), String::equals);
        questions.add(shared("olymmath/OlymMATH-EN-HARD.jsonl"));

        assertThat(questions.questions().get(0).id()).isEqualTo("OlymMATH-HARD-0-EN");
        assertThat(questions.questions().get(0).answer()).isEqualTo("2625");
    }

    @Test
    void bigBenchHardIsWhole() throws IOException {
        Tally sum = new Tally();
        PublishedQuestions questions = all("bbh", ".json", sum);

        assertThat(sum.rows).isEqualTo(6511);
        assertThat(sum.doubles + sum.contradictions).isLessThanOrEqualTo(8);
        assertThat(questions.questions().size()).isEqualTo(sum.taken).isGreaterThan(6500);
    }

    @Test
    void agiEvalIsWholeAndItsLabelsAreLettersOfItsOptions() throws IOException {
        Tally sum = new Tally();
        PublishedQuestions questions = all("agieval", ".jsonl", sum);

        assertThat(sum.rows).isEqualTo(8269);
        assertThat(questions.questions().size()).isEqualTo(sum.taken).isGreaterThan(8150);
        assertThat(sum.unusable)
                .filteredOn(reason -> reason.contains("two equal options"))
                .hasSize(10);
        List<ConvertedQuestion> choices = questions.questions().stream()
                .filter(question ->
                        question.question().contains("\n(B) ") && !question.id().startsWith("math-"))
                .toList();
        assertThat(choices.size()).isGreaterThan(7000);
        assertThat(choices.stream().map(ConvertedQuestion::answer).distinct())
                .allMatch(letters -> letters != null && letters.matches("[A-E]{1,5}"));
        assertThat(choices.stream()
                        .map(ConvertedQuestion::question)
                        .filter(text -> LABELLED_TWICE.matcher(text).find()))
                .isEmpty();
    }

    @Test
    void outputsOfAModelAreNoPuzzlesWithSolutions() {
        Path file = shared("zebralogic-partial/ZeroEval-Llama-3.1-405B-hyperbolic.json");

        assertThatThrownBy(() -> new PublishedQuestions(Selection.labeled(), String::equals).add(file))
                .hasMessageContaining("row 1: field 'solution' is missing");
    }

    @Test
    void theDapoSetIsReadAsItIsPublished() {
        PublishedQuestions questions = new PublishedQuestions(Selection.labeled(), String::equals);

        Tally tally = questions.add(shared("dapo-math-17k/SvS-dapo_math_17k.parquet"));

        assertThat(tally.rows).isEqualTo(17_917);
        assertThat(tally.taken + tally.doubles + tally.contradictions).isEqualTo(17_917);
        assertThat(questions.questions())
                .hasSizeGreaterThan(16_000)
                .allMatch(question ->
                        question.answer() != null && question.answer().matches("-?\\d+"));
    }

    @Test
    void aimeThatIsRepeatedForSamplingIsThirtyQuestionsAndTheSameOnesAsAnother() {
        PublishedQuestions questions = new PublishedQuestions(Selection.labeled(), String::equals);

        Tally tally = questions.add(shared("aime/DAPO-aime-2024.parquet"));
        Tally again = questions.add(shared("aime/LLMEval-aime24.jsonl"));

        assertThat(tally).hasToString("960 rows, 30 questions; left out: 930 doubles");
        assertThat(again.doubles).isGreaterThanOrEqualTo(26);
        assertThat(again.contradictions).isZero();
    }

    private static PublishedQuestions all(String folder, String ending, Tally sum) throws IOException {
        PublishedQuestions questions = new PublishedQuestions(
                new Selection(true, null, false, true, Map.of(), FieldNames.USUAL), String::equals);
        List<Path> files;
        try (Stream<Path> there = Files.list(shared(folder))) {
            files = there.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            Tally tally = questions.add(file);
            sum.rows += tally.rows;
            sum.doubles += tally.doubles;
            sum.unusable.addAll(tally.unusable);
            sum.contradictions += tally.contradictions;
        }
        sum.taken = sum.rows - sum.doubles - sum.contradictions - sum.unusable.size();

        return questions;
    }

    private static Path shared(String name) {
        return SharedFiles.at("datasets/" + name);
    }
}
