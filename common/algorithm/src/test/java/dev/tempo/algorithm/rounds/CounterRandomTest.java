package dev.tempo.algorithm.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CounterRandomTest {
    private enum Purpose {
        LABELED
    }

    @Test
    void theBitsAreTheSameOnEveryMachineForEver() {
        long key = CounterRandom.key(0, 7, "labeled", "q\u00fc-17", 3L);
        assertThat(key).isEqualTo(4201360931190053515L);
        assertThat(CounterRandom.bits(key, 0)).isEqualTo(5834017480862840646L);
        assertThat(CounterRandom.uniform(key, 12)).isEqualTo(0.8605620008084114);
        assertThat(CounterRandom.gaussian(key, 5)).isEqualTo(-1.5578940878855037);
        assertThat(CounterRandom.permutation(key, 8)).containsExactly(6, 2, 5, 0, 7, 4, 1, 3);
    }

    @Test
    void keysDifferWhereTheirPartsDiffer() {
        Set<Long> keys = new HashSet<>();
        keys.add(CounterRandom.key(0));
        keys.add(CounterRandom.key(1));
        keys.add(CounterRandom.key(0, 1));
        keys.add(CounterRandom.key(0, 0, 1));
        keys.add(CounterRandom.key(0, 1, 0));
        keys.add(CounterRandom.key(0, "1"));
        keys.add(CounterRandom.key(0, "ab", "c"));
        keys.add(CounterRandom.key(0, "a", "bc"));
        keys.add(CounterRandom.key(0, "abc"));
        assertThat(keys).hasSize(9);
    }

    @Test
    void anIntIsTheLongOfItsValueAndAnEnumItsName() {
        assertThat(CounterRandom.key(0, 5)).isEqualTo(CounterRandom.key(0, 5L));
        assertThat(CounterRandom.key(0, Purpose.LABELED)).isEqualTo(CounterRandom.key(0, "LABELED"));
        assertThatThrownBy(() -> CounterRandom.key(0, 0.5)).hasMessageContaining("0.5 of java.lang.Double");
    }

    @Test
    void uniformNumbersFillTheUnitInterval() {
        int[] tenths = new int[10];
        for (int i = 0; i < 100_000; i++) {
            double u = CounterRandom.uniform(42, i);
            assertThat(u).isBetween(0.0, Math.nextDown(1.0));
            tenths[(int) (u * 10)]++;
        }
        // binomial deviation is 95
        assertThat(Arrays.stream(tenths).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(9_500, 10_500));
    }

    @Test
    void neighbouringKeysAndPositionsAreUncorrelated() {
        double products = 0;
        double shifted = 0;
        for (int i = 0; i < 100_000; i++) {
            double here = CounterRandom.uniform(CounterRandom.key(0, i), 0) - .5;
            products += here * (CounterRandom.uniform(CounterRandom.key(0, i + 1), 0) - .5);
            shifted += here * (CounterRandom.uniform(CounterRandom.key(0, i), 1) - .5);
        }
        assertThat(products / 100_000 * 12).isCloseTo(0, within(.02));
        assertThat(shifted / 100_000 * 12).isCloseTo(0, within(.02));
    }

    @Test
    void gaussianNumbersHaveMeanZeroAndVarianceOne() {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 100_000; i++) {
            double z = CounterRandom.gaussian(3, i);
            sum += z;
            squares += z * z;
        }
        assertThat(sum / 100_000).isCloseTo(0, within(.02));
        assertThat(squares / 100_000).isCloseTo(1, within(.03));
    }

    @Test
    void permutationsHoldEveryNumberOnceAndEveryPlaceEquallyOften() {
        int[][] places = new int[4][4];
        for (int i = 0; i < 24_000; i++) {
            int[] order = CounterRandom.permutation(CounterRandom.key(9, i), 4);
            assertThat(Arrays.stream(order).sorted().toArray()).containsExactly(0, 1, 2, 3);
            for (int place = 0; place < 4; place++) {
                places[place][order[place]]++;
            }
        }
        for (int[] counts : places) {
            assertThat(Arrays.stream(counts).boxed())
                    .allSatisfy(count -> assertThat(count).isBetween(5_600, 6_400));
        }
    }

    @Test
    void impossibleSizesAreRejected() {
        assertThat(CounterRandom.permutation(0, 0)).isEmpty();
        assertThatThrownBy(() -> CounterRandom.permutation(0, -1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> CounterRandom.below(0, 0, 0)).hasMessageContaining("was 0");
    }
}
