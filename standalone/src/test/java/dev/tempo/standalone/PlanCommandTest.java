package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./tempo plan} as it is typed. */
class PlanCommandTest {
    private static final Path RECIPES =
            Path.of("..", "recipes").toAbsolutePath().normalize();
    private static final String QUICKSTART = RECIPES.resolve("quickstart.yaml").toString();

    @TempDir
    Path directory;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void theQuickstartIsPlannedForThisMachinesCores() {
        assertThat(plan(QUICKSTART, "--core-gflops=150")).as(said()).isZero();

        assertThat(said())
                .contains(
                        "plan of quickstart on this machine's cores",
                        "150 GFLOP/s",
                        "a question has 10 tokens (the average of the data files)",
                        "a response has 22 tokens on average (limit 22",
                        "an evaluation has 4096 responses",
                        "critic epochs",
                        "policy's hand-over and checkpoint",
                        "the critic's warm-up",
                        "tokens generated")
                .doesNotContain("PROBLEM", "judge model");
    }

    @Test
    void aCoreIsMeasuredWhereNobodyStatesItsPeak() {
        assertThat(plan(QUICKSTART)).as(said()).isZero();

        assertThat(said()).contains("measured now, by processor time of one thread");
    }

    @Test
    void aRecipeAtThePapersScaleIsPlannedFromConfigJsonAlone() throws IOException {
        String recipe = paper("general-qwen3-8b-lora");

        assertThat(plan(recipe, "--gpus=8", "--evaluation-responses=17000"))
                .as(said())
                .isZero();

        assertThat(said())
                .contains(
                        "on 8 x H100",
                        "6 GPUs rollout, 1 GPU critic, 1 GPU policy",
                        "989 TFLOP/s",
                        "H100 datasheet",
                        "a response has 8192 tokens on average (limit 16384",
                        "a question has 256 tokens (its files or tokenizer are not there",
                        "23 responses together",
                        "judge model gpt-oss-120b");
    }

    @Test
    void whatDoesNotFitIsSaidAndPlannedAllTheSame() throws IOException {
        String recipe = paper("math-qwen3-8b");

        assertThat(plan(recipe, "--gpus=8")).isEqualTo(1);
        assertThat(said())
                .contains("PROBLEM: critic", "a device has 80 GB", "tokens generated", "--evaluation-responses");
        assertThat(plan(recipe, "--gpus=8", "--spread-training")).isZero();
        assertThat(said()).contains("if training could be spread, which it cannot yet");
        assertThat(plan(recipe, "--gpus=8", "--gpu=L4", "--spread-training")).isNotZero();
        assertThat(errors.toString()).contains("critic and policy need the memory of ", "L4", "but there are 8");
    }

    @Test
    void otherProgramsReadTheSameNumbers() throws IOException {
        String recipe = paper("math-qwen3-8b-lora");
        assertThat(plan(recipe, "--gpus=64", "--gpu=h200", "--response-tokens=6000", "--json"))
                .as(said())
                .isZero();

        JsonNode json = new JsonMapper().readTree(said());
        assertThat(json.path("devices").path("rollout").asInt()).isEqualTo(62);
        assertThat(json.path("assumed").path("card").path("name").asString()).isEqualTo("H200");
        assertThat(json.path("assumed").path("responseTokens").asInt()).isEqualTo(6000);
        assertThat(json.path("stages").get(1).path("rounds").asInt()).isEqualTo(350);
        assertThat(json.path("stages")
                        .get(1)
                        .path("parts")
                        .get(0)
                        .path("operations")
                        .asDouble())
                .isPositive();
        // (192 + 350) rounds of 2,048 labeled responses, and 350 of 1,280 unlabeled ones.
        assertThat(json.path("tokens").asDouble()).isEqualTo(6000. * (542 * 2048 + 350 * 1280));
        assertThat(json.path("seconds").asDouble()).isPositive();
    }

    @Test
    void whatCannotBePlannedIsSaidInALine() {
        assertThat(plan(QUICKSTART, "--gpus=8", "--gpu=V100")).isNotZero();
        assertThat(plan(QUICKSTART, "--gpus=-1")).isNotZero();
        assertThat(plan(QUICKSTART, "--core-gflops=150", "--response-tokens=23"))
                .isNotZero();
        assertThat(plan(QUICKSTART, "--core-gflops=150", "--peak-share=2")).isNotZero();
        assertThat(plan(QUICKSTART, "--gpus=2", "--spread-training")).isNotZero();
        assertThat(plan(RECIPES.resolve("paper/math-qwen3-8b.yaml").toString(), "--gpus=8"))
                .isNotZero();

        assertThat(errors.toString().lines())
                .hasSize(6)
                .allMatch(line -> line.startsWith("tempo: "))
                .anyMatch(line -> line.contains("no GPU is known as 'V100'; known are H100, H200"))
                .anyMatch(line -> line.contains("--gpus must be 0 to 1024 but is -1"))
                .anyMatch(line -> line.contains("--response-tokens is 23 but maxNewTokens of the recipe is 22"))
                .anyMatch(line -> line.contains("--peak-share must be above 0 and at most 1"))
                .anyMatch(line -> line.contains("config.json"));
    }

    private String paper(String name) throws IOException {
        Path model = Files.createDirectories(directory.resolve("model"));
        Files.writeString(model.resolve("config.json"), """
                {"model_type": "qwen3", "hidden_size": 4096, "num_hidden_layers": 36, "num_attention_heads": 32,
                 "num_key_value_heads": 8, "head_dim": 128, "intermediate_size": 12288, "rms_norm_eps": 1e-6,
                 "rope_theta": 1e6, "tie_word_embeddings": false, "vocab_size": 151936,
                 "max_position_embeddings": 32768, "eos_token_id": 151643}
                """);
        Path recipe = directory.resolve(name + ".yaml");
        Files.writeString(
                recipe,
                "extends: " + RECIPES.resolve("paper").resolve(name + ".yaml") + "\nname: " + name + "\nmodel: " + model
                        + "\n");
        return recipe.toString();
    }

    private String said() {
        return output.toString();
    }

    @Test
    void aSeedWhoseBaseNobodyHasMadeIsSaidWithWhatMakesIt() {
        System.setProperty(
                "tempo.home", Path.of("..").toAbsolutePath().normalize().toString());
        int status;
        try {
            status = plan(QUICKSTART, "--seed=999", "--core-gflops=150");
        } finally {
            System.clearProperty("tempo.home");
        }

        assertThat(status).isEqualTo(1);
        assertThat(errors.toString())
                .contains("the base model of seed 999", "./tempo pretrain --seed 999")
                .doesNotContain("Exception", "config.json");
    }

    private int plan(String... arguments) {
        output.getBuffer().setLength(0);
        CommandLine tempo = Tempo.commandLine().setOut(new PrintWriter(output)).setErr(new PrintWriter(errors));
        return tempo.execute(
                Stream.concat(Stream.of("plan"), Stream.of(arguments)).toArray(String[]::new));
    }
}
