package dev.tempo.model.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.model.device.MachineSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TorchTest {
    private static final int LANES = 3;
    private static final List<Integer> PARTS = IntStream.range(0, 50).boxed().toList();

    @BeforeEach
    void severalLanes() {
        System.setProperty(MachineSettings.LANES, Integer.toString(LANES));
    }

    @AfterEach
    void asMany() {
        System.clearProperty(MachineSettings.LANES);
    }

    @Test
    void everyPartIsComputedOnceAndAsManyAtATimeAsThereAreLanes() {
        CountDownLatch together = new CountDownLatch(LANES);
        Set<Integer> computed = ConcurrentHashMap.newKeySet();

        Torch.computeApart(PARTS, part -> {
            together.countDown();
            awaitAll(together);
            assertThat(computed.add(part)).isTrue();
        });

        assertThat(computed).containsExactlyInAnyOrderElementsOf(PARTS);
    }

    @Test
    void theFailureOfAPartReachesTheCallerAsItIsWhicheverLaneItWasIn() {
        for (int failing : new int[] {0, 1, 2, 49}) {
            assertThatThrownBy(() -> Torch.computeApart(PARTS, part -> {
                        if (part == failing) {
                            throw new IllegalArgumentException("part " + part);
                        }
                    }))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("part " + failing);
        }
    }

    private static void awaitAll(CountDownLatch together) {
        try {
            together.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
