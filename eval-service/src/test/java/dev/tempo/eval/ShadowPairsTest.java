package dev.tempo.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Promotion.ShadowComparison;
import org.junit.jupiter.api.Test;

class ShadowPairsTest {
    private final ShadowPairs pairs = new ShadowPairs("value");

    @Test
    void thePairIsWholeWithItsSecondHalfAndTheFirstWordCounts() {
        assertThat(pairs.add("a", true, .75)).isFalse();
        assertThat(pairs.add("a", true, .1)).isFalse();
        assertThat(pairs.add("a", false, .25)).isTrue();
        assertThat(pairs.add("a", false, .9)).isFalse();
        assertThat(pairs.comparison(0)).contains(new ShadowComparison("value", 1, .75, .25, .5, .5));
    }

    @Test
    void theMeansAreOfWholePairsAlone() {
        add("a", .5, .25);
        add("b", 1, .25);
        pairs.add("half", true, .125);
        ShadowComparison comparison = pairs.comparison(0).orElseThrow();
        assertThat(comparison.pairs()).isEqualTo(2);
        assertThat(comparison.candidate()).isEqualTo(.75);
        assertThat(comparison.promoted()).isEqualTo(.25);
        assertThat(comparison.difference()).isEqualTo(.5);
        assertThat(comparison.low()).isEqualTo(.25);
        assertThat(comparison.high()).isEqualTo(.75);
    }

    @Test
    void whatMakesAQuestionHardForBothCancelsOut() {
        for (int i = 0; i < 64; i++) {
            add("q" + i, i / 128.0 + .25, i / 128.0);
        }
        ShadowComparison comparison = pairs.comparison(0).orElseThrow();
        assertThat(comparison.low()).isEqualTo(.25);
        assertThat(comparison.high()).isEqualTo(.25);
    }

    @Test
    void theOrderInWhichTheyComeChangesNothing() {
        ShadowPairs other = new ShadowPairs("value");
        for (int i = 0; i < 20; i++) {
            add("q" + i, (i * 7 % 20) / 20.0, .5);
        }
        for (int i = 19; i >= 0; i--) {
            other.add("q" + i, false, .5);
            other.add("q" + i, true, (i * 7 % 20) / 20.0);
        }
        assertThat(other.comparison(3)).isEqualTo(pairs.comparison(3)).isPresent();
    }

    @Test
    void withoutAPairThereIsNoComparison() {
        pairs.add("a", true, .5);
        pairs.forget("a");
        assertThat(pairs.add("a", false, .5)).isFalse();
        assertThat(pairs.comparison(0)).isEmpty();
    }

    private void add(String question, double candidate, double promoted) {
        pairs.add(question, true, candidate);
        pairs.add(question, false, promoted);
    }
}
