package dev.tempo.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.plugin.Outcome;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private final MathVerifier verifier = new MathVerifier();

    @Test
    void theStageNamesTheMethodThatDecided() {
        assertThat(verifier.equal("1/2", "0.5").stage()).isEqualTo("exact");
        assertThat(verifier.equal("(x+1)^2", "x^2+2x+1").stage()).isEqualTo("modular");
        assertThat(verifier.equal("\\sqrt8", "2\\sqrt2").stage()).isEqualTo("real");
        assertThat(verifier.equal("@", "§").stage()).isEqualTo("text");
    }

    @Test
    void theReasonShowsWhatWasCompared() {
        assertThat(verifier.verify("2", "The answer is 3.").reason()).isEqualTo("'3' against '2'");
    }

    @Test
    void anEmptyResponseIsWrongAndAnEmptyReferenceUndecided() {
        assertThat(verifier.verify("0", "").outcome()).isEqualTo(Outcome.WRONG);
        assertThat(verifier.verify(" ", "5").outcome()).isEqualTo(Outcome.UNDECIDED);
    }

    @Test
    void aRoundedReferenceNeedsFewerDigitsThanARoundedAnswer() {
        assertThat(verifier.verify("33.3", "\\boxed{\\frac{100}{3}}").correct()).isTrue();
        assertThat(verifier.verify("\\frac{100}{3}", "\\boxed{33.3}").correct()).isFalse();
        assertThat(verifier.equal("33.3", "\\frac{100}{3}").correct()).isFalse();
    }

    @Test
    void onlyBothReadingsOfAPercentSignAreAllowed() {
        assertThat(verifier.equal("10\\%", "10").correct()).isTrue();
        assertThat(verifier.equal("10\\%", "0.1").correct()).isTrue();
        assertThat(verifier.equal("10\\%", "0.1\\%").correct()).isFalse();
        assertThat(verifier.equal("10\\%", "1000").correct()).isFalse();
    }

    @Test
    void nonsenseIsRejectedWhereItEnters() {
        assertThatThrownBy(() -> new MathVerifier(0)).hasMessageContaining("was 0");
        assertThatThrownBy(() -> new Verification(Outcome.WRONG, "", "", 0)).hasMessageContaining("blank");
        assertThatThrownBy(() -> new Verification(Outcome.WRONG, "exact", "", -1))
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new GridScore(5, 4)).hasMessageContaining("5 of 4");
    }
}
