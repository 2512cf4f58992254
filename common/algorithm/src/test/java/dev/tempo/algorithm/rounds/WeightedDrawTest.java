package dev.tempo.algorithm.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WeightedDrawTest {
    private static final int DRAWS = 40_000;

    @Test
    void theFirstIsDrawnInProportionToItsWeightAndTheSecondAmongThoseLeft() {
        Map<String, Double> weights = Map.of("a", 1.0, "b", 2.0, "c", 5.0);
        Map<String, Integer> pairs = new HashMap<>();
        for (int seed = 0; seed < DRAWS; seed++) {
            List<String> drawn = WeightedDraw.draw(CounterRandom.key(seed, "test"), weights, 2);
            pairs.merge(String.join("", drawn), 1, Integer::sum);
        }
        // P(cb) = 5/8 * 2/3, P(ca) = 5/8 * 1/3, P(bc) = 2/8 * 5/6, P(ba) = 2/8 * 1/6, P(ac) = 1/8 * 5/7, P(ab) = 1/8 *
        // 2/7
        Map<String, Double> expected = new TreeMap<>(
                Map.of("cb", 5 / 12.0, "ca", 5 / 24.0, "bc", 5 / 24.0, "ba", 1 / 24.0, "ac", 5 / 56.0, "ab", 1 / 28.0));
        expected.forEach((pair, probability) -> assertThat(pairs.getOrDefault(pair, 0) / (double) DRAWS)
                .as(pair)
                .isCloseTo(probability, within(.01)));
    }

    @Test
    void theSameKeyDrawsTheSameWhateverTheOrderOfWhatIsDrawnFrom() {
        Map<String, Double> one = new TreeMap<>();
        Map<String, Double> other = new HashMap<>();
        for (int i = 0; i < 50; i++) {
            one.put("q" + i, 1.0 + i % 3);
            other.put("q" + (49 - i), 1.0 + (49 - i) % 3);
        }
        long key = CounterRandom.key(7, "draw", 3);
        assertThat(WeightedDraw.draw(key, one, 10)).isEqualTo(WeightedDraw.draw(key, other, 10));
        assertThat(WeightedDraw.draw(CounterRandom.key(7, "draw", 4), one, 10))
                .isNotEqualTo(WeightedDraw.draw(key, one, 10));
    }

    @Test
    void oneMoreMovesAtMostOne() {
        Map<String, Double> few = new TreeMap<>();
        for (int i = 0; i < 30; i++) {
            few.put("q" + i, 1.0);
        }
        Map<String, Double> more = new TreeMap<>(few);
        more.put("another", 4.0);
        long key = CounterRandom.key(1, "draw");
        List<String> before = WeightedDraw.draw(key, few, 8);
        List<String> after = WeightedDraw.draw(key, more, 8);
        assertThat(after).filteredOn(before::contains).hasSizeGreaterThanOrEqualTo(7);
    }

    @Test
    void aWeightOfNothingIsRefused() {
        assertThatThrownBy(() -> WeightedDraw.draw(1, Map.of("a", 0.0), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the weight of a must be greater than 0 but is 0.0");
        assertThatThrownBy(() -> WeightedDraw.draw(1, Map.of("a", 1.0), 2)).hasMessage("cannot draw 2 of 1");
    }
}
