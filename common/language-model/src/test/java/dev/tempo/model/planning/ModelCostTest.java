package dev.tempo.model.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.LowRank;
import dev.tempo.model.Head;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Rope;
import dev.tempo.model.WeightType;
import dev.tempo.model.training.TrainingMethod;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Tests of the arithmetic against numbers computed by hand. */
class ModelCostTest {
    /** The quickstart's: 4 layers of 4096 + 2048 + 2048 + 4096 + 3 * 64 * 176 = 46,080 weights, and a head of 1,408. */
    private static final ModelCost SMALL = new ModelCost(
            new ModelConfig("qwen3", 64, 4, 4, 2, 16, 176, 1e-6, 1e4, true, 22, 4096, OptionalInt.of(0), List.of(10)));
    /** Qwen3 8B: 36 layers of 192,937,984 weights, and a head of 622,329,856. */
    private static final ModelCost LARGE = new ModelCost(new ModelConfig(
            "qwen3", 4096, 36, 32, 8, 128, 12288, 1e-6, 1e6, false, 151936, 32768, OptionalInt.empty(), List.of(1)));

    @Test
    void aSmallModelIsMeasuredAsByHand() {
        // 10 tokens: 2 * 184,320 * 10, and 4 layers * 55 keys * 4 * 64; the head at 6 tokens, or the value's at 7.
        assertThat(SMALL.measuring(Head.VOCABULARY, 4, 6)).isEqualTo(3_686_400 + 56_320 + 6 * 2 * 1_408);
        assertThat(SMALL.measuring(Head.VALUE, 4, 6)).isEqualTo(3_686_400 + 56_320 + 7 * 2 * 64);
    }

    @Test
    void aStepAtOnceIsThreePassesAndOneInPartsFourWithFiveOfTheHead() {
        assertThat(SMALL.training(Head.VOCABULARY, TrainingMethod.plain(), 4, 6))
                .isEqualTo(3 * (3_742_720 + 10 * 2_816));
        assertThat(SMALL.training(Head.VOCABULARY, new TrainingMethod(null, 512, false), 4, 6))
                .isEqualTo(4 * 3_742_720 + 5 * 6 * 2_816);
        // An adapter is computed with merged weights (decision 16), whose gradient is computed too.
        assertThat(SMALL.training(
                        Head.VALUE, new TrainingMethod(new LowRank(4, 8, List.of("q_proj")), 512, false), 4, 6))
                .isEqualTo(4 * 3_742_720 + 5 * 7 * 128);
    }

    @Test
    void aSmallModelDecodesAsByHand() {
        assertThat(SMALL.prompt(4)).isEqualTo(2 * 184_320 * 4 + 4 * 10 * 256 + 2_816);
        // Five passes, which read 5 + 6 + 7 + 8 + 9 keys in each layer.
        assertThat(SMALL.decoding(4, 6)).isEqualTo(5 * (2 * 184_320 + 2_816) + 4 * 35 * 256);
        assertThat(SMALL.cacheReads(4, 6, WeightType.FLOAT32)).isEqualTo(4 * 35 * 2 * 2 * 16 * 4);
        assertThat(SMALL.weightReads(WeightType.FLOAT32)).isEqualTo((184_320 + 1_408) * 4);
        assertThat(SMALL.decoding(4, 1)).isZero();
    }

    @Test
    void eightBillionWeightsDecodeEightThousandTokensAsByHand() {
        // 8,192 passes at 257 to 8,448 keys: 35,655,680 a layer.
        assertThat(LARGE.decoding(256, 8193)).isEqualTo(123_995_705_835_520d + 21_030_575_800_320d);
        assertThat(LARGE.cacheReads(256, 8193, WeightType.BFLOAT16)).isEqualTo(5_257_643_950_080d);
        assertThat(LARGE.weightReads(WeightType.BFLOAT16)).isEqualTo(2d * (6_945_767_424L + 622_329_856L));
    }

    @Test
    void aWindowBoundsTheKeys() {
        List<LayerAttention> layers =
                List.of(LayerAttention.full(Rope.plain(1e4)), LayerAttention.sliding(3, Rope.plain(1e4)));
        ModelCost sliding = new ModelCost(new ModelConfig(
                "qwen3", 64, 2, 4, 2, 16, 176, 1e-6, layers, true, 22, 4096, OptionalInt.of(0), List.of(10)));

        // 10 tokens read 55 keys in the first layer, and 1 + 2 + 8 * 3 in the second.
        assertThat(sliding.measuring(Head.VALUE, 9, 1)).isEqualTo(2 * 92_160 * 10 + (55 + 27) * 256 + 2 * 128);
    }
}
