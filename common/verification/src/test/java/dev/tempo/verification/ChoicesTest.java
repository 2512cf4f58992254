package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.verification.choice.AnswerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses to multiple choice, each of whose verdicts was given by hand. */
class ChoicesTest {
    private static final Map<String, String> QUESTIONS = Map.ofEntries(
            Map.entry(
                    "process",
                    "Which process releases energy?\n(A) photosynthesis\n(B) boiling\n(C) combustion\n(D) melting"),
            Map.entry(
                    "photon",
                    "A photon of energy 5.4 eV hits sodium (work function 2.3 eV). What is the maximal kinetic energy?\n\n"
                            + "A. 7.7 eV\nB. 2.3 eV\nC. 3.1 eV\nD. 5.4 eV"),
            Map.entry("statements", "下列说法正确的是（ ）\n(A) 甲\n(B) 乙\n(C) 丙\n(D) 丁"),
            Map.entry("wrong", "下列说法错误的是（ ）\nA．甲\nB．乙\nC．丙\nD．丁"),
            Map.entry("drinks", "Which one?\na) tea\nb) water\nc) milk\nd) all of these"),
            Map.entry(
                    "argument",
                    "\"Every sister of Ann is a rower.\" Is the argument deductively valid or invalid?\nOptions:\n- valid \n- invalid"),
            Map.entry("return", "Do you return to the starting point? Take 3 steps.\nOptions:\n- Yes\n- No"),
            Map.entry("fire", "How would a typical person answer: Did Ann cause the fire?\nOptions:\n- Yes\n- No"),
            Map.entry("colour", "Which colour is it?\nOptions:\n- red\n- dark red\n- blue"),
            Map.entry("plausible", "Is the argument plausible?\nOptions:\n- plausible\n- implausible"),
            Map.entry("sentence", "Is the following sentence plausible? \"Bam Adebayo scored a reverse layup.\""),
            Map.entry("truth", "not ( True ) and ( True ) is"));

    private final ChoiceVerifier verifier = new ChoiceVerifier();

    @ParameterizedTest
    @ValueSource(strings = {"several.tsv", "words.tsv", "more-letters.tsv", "more-several.tsv", "more-words.tsv"})
    void onlyWhatIsClearlyTheAnswerIsOne(String file) throws IOException {
        for (String line : lines(file)) {
            String[] fields = line.split("\t");
            expect(fields[0].equals("+"), fields[1], fields[2], fields[3]);
        }
    }

    @Test
    void aLetterThatIsStatedIsFound() throws IOException {
        for (String line : lines("letters-right.tsv")) {
            String[] fields = line.split("\t");
            expect(true, fields[0], fields[1], fields[2]);
        }
    }

    @Test
    void aLetterThatIsDeniedDoubtedOrMentionedIsNone() throws IOException {
        for (String line : lines("letters-wrong.tsv")) {
            String[] fields = line.split("\t");
            expect(false, fields[0], fields[1], fields[2]);
        }
    }

    private void expect(boolean correct, String question, String reference, String response) {
        Verification verification = verifier.verify(
                reference, response.replace('⏎', '\n').replace('␉', '\t'), options(QUESTIONS.get(question), reference));
        assertThat(verification.correct())
                .as("'%s' for '%s': %s", response, reference, verification.reason())
                .isEqualTo(correct);
    }

    private static AnswerOptions options(@Nullable String question, String reference) {
        String asked = Objects.requireNonNull(question);
        AnswerOptions letters = AnswerOptions.lettersOf(asked);
        return letters == null ? Objects.requireNonNull(AnswerOptions.wordsOf(asked, reference)) : letters;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Which?\n(A) tea\n(B) milk\n(C) rye",
                "Which?\nA. tea\nB. milk\nC. rye",
                "Which?\nA) tea\nB) milk\nC) rye",
                "Which?\nA: tea\nB: milk\nC: rye",
                "Which?\n**A.** tea\n**B.** milk\n**C.** rye",
                "Which?\n- (A) tea\n- (B) milk\n- (C) rye",
                "Which?\n[A] tea\n[B] milk\n[C] rye",
                "Which?\nＡ．tea\nＢ．milk\nＣ．rye",
                "Which?\n（A）tea\n（B）milk\n（C）rye",
                "Which?\nA、tea\nB、milk\nC、rye",
                "Which?\na) tea\nb) milk\nc) rye",
                "Which? Options: A. tea B. milk C. rye",
                "Which? (A) tea (B) milk (C) rye",
                "Which? (A) tea, (B) milk, (C) rye"
            })
    void optionsAreFoundInEveryLayout(String question) {
        AnswerOptions options = Objects.requireNonNull(AnswerOptions.lettersOf(question));
        assertThat(options.labels()).containsExactly("A", "B", "C");
        assertThat(options.texts()).containsExactly("tea", "milk", "rye");
    }

    @ParameterizedTest
    @ValueSource(strings = {"What is A?", "Plan B. failed", "Let $A$ be a set (B) of numbers.", "", "(A) only one"})
    void aQuestionWithoutAListHasNoOptions(String question) {
        assertThat(AnswerOptions.lettersOf(question)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"Western blot", "''", "42", "none"})
    void aReferenceThatIsNoOptionHasNone(String reference) {
        assertThat(AnswerOptions.wordsOf("Which?\n- tea\n- milk", reference)).isNull();
    }

    @Test
    void aChoiceNeedsTwoOptions() {
        assertThatThrownBy(() -> new AnswerOptions(List.of("A"), List.of(), false, false))
                .hasMessageContaining("2 to 26 options, but there are 1");
        assertThatThrownBy(() -> new AnswerOptions(List.of("A", "B"), List.of("tea"), false, false))
                .hasMessageContaining("2 labels, 1 texts");
    }

    /** None of these ends where time is exponential or cubic in the length. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A ",
                "A, ",
                "(A) or ",
                "the answer is only ",
                "only ",
                "C is only only the the ",
                "$A",
                "\\text{",
                "\\boxed{A} ",
                "A. ",
                "A\n",
                "=A",
                "not C but ",
                "answer: ",
                "A是都是都是都是都是",
                "就是",
                "选A，",
                "A和",
                "option option ",
                "all but ",
                "C; "
            })
    void longResponsesAreReadInBoundedTime(String unit) {
        String response = unit.repeat(100_000 / unit.length());
        AnswerOptions options = options(QUESTIONS.get("process"), "C");
        assertThat(verifier.verify("C", response, options).outcome()).isNotNull();
        assertThat(verifier.verify("C", response).outcome()).isNotNull();
        assertThat(verifier.verify("no", response, options(QUESTIONS.get("return"), "no"))
                        .outcome())
                .isNotNull();
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream cases = Objects.requireNonNull(ChoicesTest.class.getResourceAsStream("choice/" + file))) {
            return new String(cases.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
