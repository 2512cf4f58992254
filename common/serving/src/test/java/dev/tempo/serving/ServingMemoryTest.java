package dev.tempo.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ServingMemoryTest {
    /** 2 layers, 2 key-value heads of 4 numbers: 128 bytes of keys and values a position in float32. */
    private static final ModelConfig CONFIG =
            new ModelConfig("qwen3", 16, 2, 4, 2, 4, 24, 1e-6, 1e4, true, 98, 64, OptionalInt.of(0), List.of(1));

    private static ServingMemory of(long cacheBytes, int versions) {
        ServingSettings settings =
                ServingSettings.onLoopback(0, new GenerationLimits(cacheBytes, 10), WeightType.FLOAT32);
        return ServingMemory.of(CONFIG, settings.withVersions(versions));
    }

    @Test
    void everyVersionIsCountedInFull() {
        ServingMemory one = of(1 << 20, 1);
        ServingMemory three = of(1 << 20, 3);
        assertThat(one.weights()).isEqualTo(4 * CONFIG.parameters());
        assertThat(three.total()).isEqualTo(3 * one.total());
        assertThat(one.total()).isEqualTo(one.weights() + one.cache() + one.activations());
    }

    @Test
    void keysAndValuesAreNoMoreThanTheirRowsCanUse() {
        assertThat(of(1 << 20, 1).cache()).isEqualTo(10 * 64 * 128);
        assertThat(of(1 << 12, 1).cache()).isEqualTo(1 << 12);
    }
}
