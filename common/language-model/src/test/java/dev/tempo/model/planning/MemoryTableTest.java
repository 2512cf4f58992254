package dev.tempo.model.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.LowRank;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Rope;
import dev.tempo.model.WeightType;
import dev.tempo.model.training.TrainingMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the table in docs/models.md gives the numbers of the memory plan. */
class MemoryTableTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "models.md");
    private static final MemoryPlan.Workload WORKLOAD = new MemoryPlan.Workload(16_384, 32, 8, 1, WeightType.BFLOAT16);
    private static final double GB = 1e9;

    /**
     * A model on Hugging Face's hub.
     *
     * @param parameters as counted by the reference classes, tied ones once; 0 where no reference was at hand
     */
    private record Published(String name, long parameters, ModelConfig config) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Published qwen(
            String name, long parameters, int hidden, int layers, int heads, int inner, boolean tied) {
        return new Published(
                name,
                parameters,
                new ModelConfig(
                        "qwen3",
                        hidden,
                        layers,
                        heads,
                        8,
                        128,
                        inner,
                        1e-6,
                        1e6,
                        tied,
                        151_936,
                        40_960,
                        OptionalInt.empty(),
                        List.of(151_645)));
    }

    private static Published olmo() {
        LayerAttention sliding = LayerAttention.sliding(4096, Rope.plain(5e5));
        LayerAttention full = LayerAttention.full(Rope.plain(5e5));
        List<LayerAttention> attention = new ArrayList<>(Collections.nCopies(32, sliding));
        IntStream.range(0, 8).forEach(i -> attention.set(4 * i + 3, full));
        return new Published(
                "OLMo3-7B",
                7_298_011_136L,
                new ModelConfig(
                        "olmo3",
                        4096,
                        32,
                        32,
                        32,
                        128,
                        11_008,
                        1e-6,
                        attention,
                        false,
                        100_278,
                        65_536,
                        OptionalInt.empty(),
                        List.of(100_257)));
    }

    static List<Published> published() {
        return List.of(
                qwen("Qwen3-0.6B", 596_049_920, 1024, 28, 16, 3072, true),
                qwen("Qwen3-1.7B", 1_720_574_976, 2048, 28, 16, 6144, true),
                qwen("Qwen3-8B", 8_190_735_360L, 4096, 36, 32, 12_288, false),
                qwen("Qwen3-14B", 0, 5120, 40, 40, 17_408, false),
                olmo());
    }

    @ParameterizedTest
    @MethodSource("published")
    void parametersAreCountedAsTheReferenceCountsThem(Published model) {
        assertThat(model.config.parameters()).isEqualTo(model.parameters == 0 ? 14_768_307_200L : model.parameters);
    }

    @Test
    void theTableOfTheDocumentationIsThePlan() throws IOException {
        StringBuilder table = new StringBuilder();
        for (Published model : published()) {
            for (Map.Entry<String, TrainingMethod> method : Map.of(
                            "LoRA", new TrainingMethod(new LowRank(16, 32, LowRank.PROJECTIONS), 16_384, true),
                            "all weights", new TrainingMethod(null, 16_384, true))
                    .entrySet()
                    .stream()
                    .sorted(Map.Entry.comparingByKey())
                    .toList()) {
                table.append(row(model, method.getKey(), method.getValue())).append('\n');
            }
        }
        assertThat(Files.readString(PAGE)).contains(table);
    }

    private static String row(Published model, String name, TrainingMethod method) {
        MemoryPlan plan = new MemoryPlan(model.config, method, WORKLOAD);
        StringBuilder row = new StringBuilder("| " + model.name + " | " + name + " |");
        long sum = 0;
        long largest = 0;
        for (MemoryPlan.Role role : MemoryPlan.Role.values()) {
            long total = plan.total(role);
            sum += total;
            largest = Math.max(largest, total);
            row.append(String.format(Locale.ROOT, " %.1f |", total / GB));
        }
        for (double device : new double[] {24, 80, 141}) {
            row.append(sum <= device * GB ? " all three |" : largest <= device * GB ? " one each |" : " no |");
        }
        return row.toString();
    }
}
