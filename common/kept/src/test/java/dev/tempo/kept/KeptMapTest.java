package dev.tempo.kept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptMapTest {
    private static final int VALUES = 2_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 100, VALUES, 2 * VALUES})
    void whereverValuesLieAMapIsTheSame(int held) {
        Random random = new Random(7);
        KeptMap<String> kept = new KeptMap<>(new TextForm(), held);
        Map<String, String> expected = new HashMap<>();
        for (int step = 0; step < 2 * VALUES; step++) {
            String name = "name-" + random.nextInt(VALUES);
            kept.put(name, "value " + step);
            expected.put(name, "value " + step);
        }

        expected.forEach((name, value) -> assertThat(kept.get(name)).isEqualTo(value));
        assertThat(kept.get("another")).isNull();
    }

    @Test
    void aValueIsThereForOtherThreadsWhileAllMoveToDisk() throws Exception {
        KeptMap<String> kept = new KeptMap<>(new TextForm(), 500);
        CountDownLatch begun = new CountDownLatch(1);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            kept.put("first", "there");
            Future<Integer> lost = reader.submit(() -> {
                begun.countDown();
                int missing = 0;
                while (kept.get("last") == null) {
                    missing += kept.get("first") == null ? 1 : 0;
                }
                return missing;
            });
            begun.await();
            for (int number = 0; number < 5_000; number++) {
                kept.put("number " + number, "there");
            }
            kept.put("last", "there");
            assertThat(lost.get()).isZero();
        } finally {
            reader.shutdownNow();
        }
    }
}
