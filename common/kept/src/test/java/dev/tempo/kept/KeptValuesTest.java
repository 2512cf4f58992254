package dev.tempo.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptValuesTest {
    private static final int VALUES = 2_000;

    @ParameterizedTest
    @ValueSource(ints = {0, VALUES})
    void aPlaceHasTheValueThatItWasGivenLast(int held) {
        KeptValues<String> kept = new KeptValues<>(new TextForm(), VALUES, held);
        Random random = new Random(7);
        List<String> expected = new ArrayList<>(Collections.nCopies(VALUES, null));
        for (int step = 0; step < 2 * VALUES; step++) {
            int place = random.nextInt(VALUES);
            kept.set(place, "value " + step);
            expected.set(place, "value " + step);
        }

        for (int place = 0; place < VALUES; place++) {
            assertThat(kept.get(place)).isEqualTo(expected.get(place));
        }
        assertThatThrownBy(() -> kept.get(VALUES)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> kept.set(-1, "")).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
