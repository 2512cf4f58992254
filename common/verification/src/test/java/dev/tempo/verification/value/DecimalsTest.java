package dev.tempo.verification.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class DecimalsTest {
    private static final BigDecimal TINY = new BigDecimal("1e-50");
    private final Decimals in = Decimals.to(50);

    @Test
    void piHasItsDigits() {
        assertThat(in.pi)
                .isCloseTo(new BigDecimal("3.14159265358979323846264338327950288419716939937510582"), within(TINY));
    }

    @Test
    void functionsAgreeWithDoubleArithmetic() {
        for (double x = -20.3; x < 20; x += 0.7) {
            BigDecimal value = BigDecimal.valueOf(x);
            assertThat(in.exp(value).doubleValue()).isCloseTo(Math.exp(x), within(1e-13 * Math.exp(x)));
            assertThat(in.sin(value).doubleValue()).isCloseTo(Math.sin(x), within(1e-13));
            assertThat(in.cos(value).doubleValue()).isCloseTo(Math.cos(x), within(1e-13));
            assertThat(in.atan(value).doubleValue()).isCloseTo(Math.atan(x), within(1e-13));
            assertThat(in.atan2(value, BigDecimal.valueOf(-2)).doubleValue())
                    .isCloseTo(Math.atan2(x, -2), within(1e-13));
        }
    }

    @Test
    void logarithmUndoesTheExponential() {
        for (String x : new String[] {"0.001", "0.7", "1", "2.5", "31.4", "-12"}) {
            BigDecimal value = new BigDecimal(x);
            assertThat(in.ln(in.exp(value))).isCloseTo(value, within(TINY));
        }
    }

    @Test
    void squaresOfSineAndCosineAddUpToOne() {
        BigDecimal x = new BigDecimal("123456.789");
        BigDecimal sum = in.add(in.multiply(in.sin(x), in.sin(x)), in.multiply(in.cos(x), in.cos(x)));
        assertThat(sum).isCloseTo(BigDecimal.ONE, within(TINY));
    }
}
