package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.plugin.Outcome;
import org.junit.jupiter.api.Test;

class GridVerifierTest {
    private static final String GOLD = """
            {"header": ["House", "Name", "Drink"], "rows": [["1", "Arnold", "tea"], ["2", "Peter", "water"]]}""";
    private static final String SOLVED = """
            {"reasoning": "clue {1}", "solution": {"House 1": {"Name": "Arnold", "Drink": "Tea "},
            "House 2": {"Name": "Peter", "Drink": "water"}}}""";
    private final GridVerifier verifier = new GridVerifier();

    @Test
    void aSolvedGridIsCorrect() {
        assertThat(verifier.verify(GOLD, "Here it is:\n```json\n" + SOLVED + "\n```")
                        .outcome())
                .isEqualTo(Outcome.CORRECT);
    }

    @Test
    void cellsAreCountedOneByOne() {
        GridScore score = verifier.score(GOLD, SOLVED.replace("Peter", "Eric"));
        assertThat(score).isEqualTo(new GridScore(3, 4));
        assertThat(score.solved()).isFalse();
        assertThat(score.accuracy()).isEqualTo(0.75);
    }

    @Test
    void theLastCompleteObjectCounts() {
        String wrong = SOLVED.replace("Arnold", "Eric");
        assertThat(verifier.score(GOLD, wrong + " no, rather " + SOLVED).solved())
                .isTrue();
        assertThat(verifier.score(GOLD, SOLVED + " no, rather " + wrong).solved())
                .isFalse();
        assertThat(verifier.score(GOLD, SOLVED + " and once more {\"solution\": {\"House 1\":")
                        .solved())
                .isTrue();
    }

    @Test
    void anOpenBraceBeforeTheAnswerDoesNotHideIt() {
        assertThat(verifier.score(GOLD, "The set { is open. " + SOLVED).solved())
                .isTrue();
    }

    @Test
    void bracesOfAFormulaAfterTheAnswerDoNotCount() {
        assertThat(verifier.score(GOLD, SOLVED + " so \\frac{a}{b}").solved()).isTrue();
    }

    @Test
    void theReasoningIsNoAnswer() {
        assertThat(verifier.score(GOLD, "<think>" + SOLVED + "</think>").right())
                .isZero();
        assertThat(verifier.score(GOLD, "<think>" + SOLVED).right()).isZero();
    }

    @Test
    void smallSlipsInTheJsonAreForgiven() {
        String sloppy = "{'solution': {'House 1': {Name: 'Arnold', 'Drink': ['tea'],}, 'House 2': {}}}";
        assertThat(verifier.score(GOLD, sloppy).right()).isEqualTo(2);
    }

    @Test
    void anUnreadableAnswerHasNoRightCell() {
        assertThat(verifier.score(GOLD, "I give up").right()).isZero();
        assertThat(verifier.score(GOLD, "{\"solution\": 5}").right()).isZero();
        assertThat(verifier.score(GOLD, "{".repeat(100_000)).right()).isZero();
    }

    @Test
    void aMaskedReferenceIsADataError() {
        assertThatThrownBy(() -> verifier.score(GOLD.replace("tea", "___"), SOLVED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no value for Drink of house 1");
        assertThatThrownBy(() -> verifier.score("nonsense", SOLVED)).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> verifier.score("{}", SOLVED)).hasMessageContaining("header");
    }

    @Test
    void aCellWithTwoValuesHasNone() {
        assertThat(verifier.score(GOLD, SOLVED.replace("\"Peter\"", "[\"Peter\"]"))
                        .solved())
                .isTrue();
        assertThat(verifier.score(GOLD, SOLVED.replace("\"Peter\"", "[\"Peter\", \"Arnold\"]")))
                .isEqualTo(new GridScore(3, 4));
        assertThat(verifier.score(GOLD, SOLVED.replace("\"Peter\"", "\"Peter or Arnold\""))
                        .right())
                .isEqualTo(3);
        assertThat(verifier.score(GOLD, SOLVED.replace("\"Peter\"", "{\"value\": \"Peter\"}"))
                        .right())
                .isEqualTo(3);
        assertThat(verifier.answer(SOLVED.replace("\"Peter\"", "[\"Peter\", \"Arnold\"]")))
                .isNotEqualTo(verifier.answer(SOLVED));
    }

    @Test
    void aNameGivenTwiceSaysNothing() {
        assertThat(verifier.score(
                                GOLD, SOLVED.replace("\"Name\": \"Peter\"", "\"Name\": \"Eric\", \"Name\": \"Peter\""))
                        .right())
                .isZero();
        assertThat(verifier.score(
                                GOLD, SOLVED.replace("\"Name\": \"Peter\"", "\"Name\": \"Peter\", \"name\": \"Eric\""))
                        .right())
                .isEqualTo(3);
    }

    @Test
    void ofTwoSolutionsOfferedTogetherNoneIsTheAnswer() {
        String other = SOLVED.replace("Arnold", "Eric");
        assertThat(verifier.score(GOLD, other + " or " + SOLVED).right()).isZero();
        assertThat(verifier.score(GOLD, other + "\nAlternatively:\n" + SOLVED).right())
                .isZero();
        assertThat(verifier.score(GOLD, "[" + other + ", " + SOLVED + "]").right())
                .isZero();
        assertThat(verifier.score(GOLD, other + " 或者 " + SOLVED).right()).isZero();
        assertThat(verifier.score(GOLD, "It is not " + SOLVED).right()).isZero();
        assertThat(verifier.score(GOLD, SOLVED + " is wrong.").right()).isZero();
    }
}
