package dev.tempo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RopeTest {
    private static final Offset<Double> CLOSE = within(1e-11);

    @Test
    void plainFrequenciesFallGeometrically() {
        double[] frequencies = Rope.plain(1e4).inverseFrequencies(8);
        assertThat(frequencies).containsExactly(new double[] {1, .1, .01, .001}, within(1e-12));
        assertThat(Rope.plain(1e4).attentionFactor()).isEqualTo(1);
    }

    /**
     * The frequencies that transformers computes for the layers of Olmo-3 with full attention: head_dim 128, theta 5e5,
     * factor 8, 8192 positions.
     */
    @Test
    void yarnKeepsFastRotationsAndSlowsSlowOnesDown() {
        Rope rope = new Rope(5e5, new Rope.Yarn(8, 8192, Rope.Yarn.attentionFactor(8), 32, 1, true));
        assertThat(rope.attentionFactor()).isCloseTo(1.2079441541679836, CLOSE);
        double[] frequencies = rope.inverseFrequencies(128);
        double[] plain = Rope.plain(5e5).inverseFrequencies(128);
        assertThat(frequencies[18]).isCloseTo(plain[18], CLOSE);
        assertThat(frequencies[19]).isCloseTo(0.0192827545, within(1e-9));
        assertThat(frequencies[30]).isCloseTo(0.00081483979, within(1e-9));
        assertThat(frequencies[35]).isCloseTo(plain[35] / 8, CLOSE);
        assertThat(frequencies[63]).isCloseTo(plain[63] / 8, CLOSE);
    }

    @Test
    void aContextThatIsNotStretchedIsNotAmplified() {
        assertThat(Rope.Yarn.attentionFactor(1)).isEqualTo(1);
        assertThat(Rope.Yarn.attentionFactor(.5)).isEqualTo(1);
    }

    @Test
    void impossibleNumbersAreNamed() {
        assertThatThrownBy(() -> Rope.plain(0))
                .hasMessageContaining("rope_theta")
                .hasMessageContaining("0.0");
        assertThatThrownBy(() -> new Rope.Yarn(0, 8, 1, 32, 1, true)).hasMessageContaining("factor 0.0");
        assertThatThrownBy(() -> LayerAttention.sliding(0, Rope.plain(1))).hasMessageContaining("sliding_window");
    }
}
