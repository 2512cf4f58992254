package dev.tempo.serving.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopGateTest {
    private static String through(String text, List<String> stops, Random steps) {
        StopGate gate = new StopGate(stops);
        StringBuilder passed = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int next = Math.min(text.length(), at + 1 + steps.nextInt(3));
            passed.append(gate.accept(text.substring(at, next)));
            at = next;
        }
        return passed.append(gate.finish()).toString();
    }

    @Test
    void aTextGoesUpToItsFirstStopString() {
        Random random = new Random(4);
        for (int trial = 0; trial < 3000; trial++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                text.append("ab".charAt(random.nextInt(2)));
            }
            String stop = "aab".substring(random.nextInt(2)) + (random.nextBoolean() ? "b" : "");
            int at = text.indexOf(stop);
            assertThat(through(text.toString(), List.of(stop), random))
                    .isEqualTo(at < 0 ? text.toString() : text.substring(0, at));
        }
    }

    @Test
    void whatMayBeTheBeginningOfAStopStringIsHeldBackAndNothingElse() {
        StopGate gate = new StopGate(List.of("\n\nQ:", "END"));
        assertThat(gate.accept("four\n")).isEqualTo("four");
        assertThat(gate.accept("\n")).isEmpty();
        assertThat(gate.accept("E")).isEqualTo("\n\n");
        assertThat(gate.accept("N")).isEmpty();
        assertThat(gate.accept("d")).isEqualTo("ENd");
        assertThat(gate.accept("\n\nQ: more")).isEmpty();
        assertThat(gate.accept("END")).isEmpty();
        assertThat(gate.finish()).isEmpty();
    }
}
