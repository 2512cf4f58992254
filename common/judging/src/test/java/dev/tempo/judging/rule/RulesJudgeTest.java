package dev.tempo.judging.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesJudgeTest {
    private static final String OPTIONS = "Which one?\n(A) tea\n(B) water\n(C) milk\n(D) all";
    private static final String GRID =
            "{\"header\": [\"House\", \"Name\"], \"rows\": [[\"1\", \"Arnold\"], [\"2\", \"Eric\"]]}";

    private final RulesJudge judge = new RulesJudge();

    @Test
    void lettersOfOptionsAreComparedAsLetters() {
        assertThat(outcome(OPTIONS, "ACD", "So A, C and D fit: \\boxed{A, C, D}"))
                .isEqualTo(Outcome.CORRECT);
        assertThat(outcome(OPTIONS, "(A)", "The answer is (A) tea.")).isEqualTo(Outcome.CORRECT);
        assertThat(outcome(OPTIONS, "AC", "The answer is A.")).isEqualTo(Outcome.WRONG);
        assertThat(stage(OPTIONS, "A", "The answer is A.")).isEqualTo("choice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"What is A?", "Let $A$ be a set (B) of numbers.", "(A) tea (B) water"})
    void aLetterThatNoOptionHasIsASymbol(String question) {
        assertThat(stage(question, "$C$", "The answer is $C$.")).isNotEqualTo("choice");
    }

    @Test
    void gridsAreComparedCellByCell() {
        String solved = "{\"solution\": {\"House 1\": {\"Name\": \"arnold\"}, \"House 2\": {\"Name\": \"Eric\"}}}";

        assertThat(outcome("Who?", GRID, solved)).isEqualTo(Outcome.CORRECT);
        Verdict half = judge.judge("Who?", GRID, solved.replace("Eric", "Bob"), true);
        assertThat(half).extracting(Verdict::outcome, Verdict::reason).containsExactly(Outcome.WRONG, "1 of 2 cells");
    }

    @Test
    void aMaskedGridIsAnErrorOfTheDataAndNeverWrong() {
        Verdict verdict = judge.judge("Who?", GRID.replace("Eric", "___"), "{\"solution\": {}}", true);

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.stage()).isEqualTo("data");
        assertThat(verdict.reason()).contains("Name of house 2", "use a data set with solutions");
    }

    @Test
    void blanksAreComparedInOrder() {
        assertThat(outcome("( ) and ( )", "$5$;$10$", "\\boxed{5; 10}")).isEqualTo(Outcome.CORRECT);
        assertThat(outcome("( ) and ( )", "$5$;$10$", "\\boxed{10; 5}")).isEqualTo(Outcome.WRONG);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1/2|The answer is 0.5|CORRECT",
                "1.5|The answer is 15|WRONG",
                "-5|The answer is 5|WRONG",
                "x+y|The answer is $x-y$|WRONG",
                "Western blot|Therefore, the answer is a western blot.|CORRECT",
                "Western blot|Therefore, the answer is PCR.|WRONG",
                "invalid|So the argument is valid. The answer is valid|WRONG",
                "invalid|The answer is invalid.|CORRECT",
                "] ] >|] ] >|CORRECT",
                "] ] >|] >|WRONG",
                "]|The answer is )|WRONG",
                "dot prod same|The answer is: dot prod same|CORRECT",
                "dot prod same|The answer is: prod dot same|WRONG"
            })
    void everythingElseIsMathematicsOrWords(String reference, String response, Outcome outcome) {
        assertThat(outcome("What?", reference, response)).isEqualTo(outcome);
    }

    @Test
    void whatWasCutOffBeforeItsAnswerIsWrong() {
        Verdict verdict = judge.judge("What?", "Western blot", "It may be a Western blot", false);

        assertThat(verdict)
                .extracting(Verdict::outcome, Verdict::answer, Verdict::reason)
                .containsExactly(Outcome.WRONG, null, "cut off before its answer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Western blot|false",
                "Action of the Na+-K+ pump on the cell membrane|false",
                "decrease|false",
                "42|true",
                "30cm|true",
                "\\frac{1}{2}|true",
                "(A)|true",
                "ACD|true",
                "yes|true",
                "invalid|true",
                "] ] >|true"
            })
    void onlyAFreeFormAnswerLeavesAWrongToTheJudgesBehind(String reference, boolean isFinal) {
        assertThat(judge.wrongIsFinal(reference)).isEqualTo(isFinal);
        assertThat(judge.wrongIsFinal(GRID)).isTrue();
    }

    @Test
    void bracketsThatDoNotBalanceMayStandInABox() {
        assertThat(outcome("Close [ {.", "} ]", "So \\boxed{} ]}.")).isEqualTo(Outcome.CORRECT);
        assertThat(outcome("Close [ {.", "} ]", "So \\boxed{\\} ]}")).isEqualTo(Outcome.CORRECT);
        assertThat(outcome("Close [ {.", "} ]", "So \\boxed{} ] ]}")).isEqualTo(Outcome.WRONG);
        assertThat(outcome("Close [ {.", "} ]", "\\boxed{")).isEqualTo(Outcome.WRONG);
    }

    @Test
    void votesAgreeByValueWordsOrSolution() {
        assertThat(judge.equal("1/2", "0.5")).isTrue();
        assertThat(judge.equal("Western blot", "the western blot")).isTrue();
        assertThat(judge.equal("1.5", "15")).isFalse();
        String one = judge.answer(
                "Hence\n```json\n{\"solution\": {\"House 1\": {\"Name\": \"Eric\", \"Drink\": \"tea\"}}}\n```", true);
        String other = judge.answer("{\"solution\": {\"House 1\": {\"Drink\": \"Tea\", \"Name\": \"Eric\"}}}", true);
        assertThat(one).isNotNull().isEqualTo(other);
        assertThat(judge.answer("It is \\boxed{7} of {a, b}", true)).isEqualTo("7");
        assertThat(judge.answer("cut off at 7", false)).isNull();
    }

    private Outcome outcome(String question, String reference, String response) {
        return judge.judge(question, reference, response, true).outcome();
    }

    private String stage(String question, String reference, String response) {
        return judge.judge(question, reference, response, true).stage();
    }
}
