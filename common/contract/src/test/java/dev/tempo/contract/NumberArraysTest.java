package dev.tempo.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NumberArraysTest {

    @Test
    void idsTravelAsLittleEndianInt32() {
        assertThat(TokenIds.of(1, 256).encode()).isEqualTo("AQAAAAABAAA=");
        assertThat(TokenIds.decode("AQAAAAABAAA=").toArray()).containsExactly(1, 256);
    }

    @Test
    void everyBitOfAFiniteFloatSurvives() {
        LogProbs written = LogProbs.of(-0.1f, Float.MIN_VALUE, -0f, -Float.MAX_VALUE);

        assertThat(LogProbs.decode(written.encode())).isEqualTo(written);
        assertThat(Values.of(1f).encode()).isEqualTo("AACAPw==");
    }

    @Test
    void aBrokenArrayIsRefused() {
        assertThatThrownBy(() -> Values.decode("AAA=")).hasMessageContaining("2 bytes");
        assertThatThrownBy(() -> TokenIds.decode("not base64!")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatWasHandedOutDoesNotChangeTheOriginal() {
        TokenIds ids = TokenIds.of(7, 8);
        ids.toArray()[0] = 0;

        assertThat(ids.get(0)).isEqualTo(7);
    }

    @Test
    void aMaskHoldsNothingButZerosAndOnes() {
        assertThat(EnvironmentMask.of(true, false, true).bits()).isEqualTo("101");
        assertThat(new EnvironmentMask("01").toArray()).containsExactly(false, true);
        assertThatThrownBy(() -> new EnvironmentMask("012")).hasMessageContaining("'012'");
    }
}
