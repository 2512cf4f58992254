package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.SharedFiles;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Rope;
import dev.tempo.model.Sequence;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.training.Pretrainer;
import dev.tempo.standalone.command.ExportCommand;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Both families through all services, with all weights and with an adapter. */
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ModelFamiliesTest {
    private static final String CHARACTERS = ".$x+*=-/|YN0123456789a";

    private static final String RECIPE = """
            name: %s
            seed: 3
            model: %s
            training: %s
            data:
              labeled: {file: labeled.jsonl, id: id, split: split}
              unlabeled: {file: unlabeled.jsonl, id: id}
              rehearsal: {file: rehearsal.jsonl}
            evaluation: {every: 4, samples: 1, passAt: [1], sets: {holdout: {file: holdout.jsonl, id: id}}}
            generation: %s
            judges: {default: [%s]}
            stages:
              - name: stage1
                rounds: 2
                questionsFrom: labeled/train
                questions: 2
                samples: 2
                reward: verdict
                criticWarmUp: 1
                policy: {learningRate: 1e-3, miniBatch: 4, clip: [0.03, 0.05], rehearsal: 0.2, rehearsalBatch: 4}
                critic: {learningRate: 1e-3, miniBatch: 4, epochs: 2}
              - name: tempo
                rounds: 2
                questionsFrom: unlabeled
                questions: 2
                samples: 2
                reward: critic
                recalibration: {every: 1, questionsFrom: labeled, questions: 2, samples: 2}
                policy: {learningRate: 1e-3, miniBatch: 4, clip: [0.03, 0.05], rehearsal: 0.2, rehearsalBatch: 4}
                critic: {learningRate: 1e-3, miniBatch: 4}
            """;

    private static ModelConfig config(String family) {
        LayerAttention full = LayerAttention.full(Rope.plain(1e4));
        List<LayerAttention> attention = family.equals("olmo3")
                ? List.of(LayerAttention.sliding(16, Rope.plain(1e4)), full)
                : List.of(full, full);
        return new ModelConfig(
                family,
                32,
                2,
                4,
                2,
                8,
                64,
                1e-6,
                attention,
                false,
                CHARACTERS.length(),
                64,
                OptionalInt.of(0),
                List.of(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"qwen3 | full", "olmo3 | {lora: {rank: 4}, microBatchTokens: 128}"})
    void aRecipeTrainsEveryTensorRepeatsItsBitsAndExports(String family, String training, RunningSystem system)
            throws IOException {
        assertTrainsAFamily(family, training, system);
    }

    @LongForm
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"qwen3 | {lora: {rank: 4}, microBatchTokens: 128}", "olmo3 | full"})
    void soDoTheOtherPairsOfFamilyAndTraining(String family, String training, RunningSystem system) throws IOException {
        assertTrainsAFamily(family, training, system);
    }

    private static void assertTrainsAFamily(String family, String training, RunningSystem system) throws IOException {
        boolean adapter = training.contains("lora");
        String name = family + (adapter ? "-lora" : "-full");
        Path base = system.workload().directory().resolve(name + "-base");
        List<String> vocabulary =
                CHARACTERS.chars().mapToObj(Character::toString).toList();
        Pretrainer.initialise(config(family), vocabulary, 3, base);
        String recipe = RECIPE.formatted(name, base, training, "{maxNewTokens: 6}", "block-inversion");
        assertTrainsRepeatsAndExports(system, name, recipe, system.workload().directory(), adapter);
    }

    /** The reference checkpoints as they are: shards, bfloat16, tied heads, YaRN, byte-level BPE and a chat template. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"qwen3-tied-bf16 | {lora: {rank: 4}, microBatchTokens: 256}", "olmo3-mha-bf16-sharded | full"})
    void theReferenceCheckpointsDoSoToo(String checkpoint, String training, RunningSystem system) throws IOException {
        assertTrainsACheckpoint(checkpoint, training, system);
    }

    @LongForm
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"qwen3-untied-sharded-f32 | full", "olmo3-yarn-gqa-f32 | {lora: {rank: 4}, microBatchTokens: 256}"
            })
    void theOtherReferenceCheckpointsDoSoToo(String checkpoint, String training, RunningSystem system)
            throws IOException {
        assertTrainsACheckpoint(checkpoint, training, system);
    }

    private static void assertTrainsACheckpoint(String checkpoint, String training, RunningSystem system)
            throws IOException {
        Path base = SharedFiles.at("fixtures/models/" + checkpoint);
        Path data = Files.createDirectories(system.root().resolve("sums"));
        writeSums(data);
        String recipe = RECIPE.formatted(checkpoint, base, training, "{maxNewTokens: 6, chat: true}", "rules")
                .replace("  rehearsal: {file: rehearsal.jsonl}\n", "")
                .replace(", rehearsal: 0.2, rehearsalBatch: 4", "");
        assertTrainsRepeatsAndExports(system, checkpoint, recipe, data, training.contains("lora"));
    }

    private static void writeSums(Path data) throws IOException {
        for (String file : new String[] {"labeled", "unlabeled", "holdout"}) {
            int some = file.length();
            List<String> lines = IntStream.range(0, 4)
                    .mapToObj(i -> "{\"id\": \"%s-%d\", \"question\": \"What is %d + %d?\"%s}"
                            .formatted(
                                    file,
                                    i,
                                    i,
                                    some,
                                    switch (file) {
                                        case "labeled" ->
                                            ", \"answer\": \"%d\", \"split\": \"train\"".formatted(i + some);
                                        case "holdout" -> ", \"answer\": \"%d\"".formatted(i + some);
                                        default -> "";
                                    }))
                    .toList();
            Files.write(data.resolve(file + ".jsonl"), lines);
        }
    }

    private static void assertTrainsRepeatsAndExports(
            RunningSystem system, String name, String text, Path data, boolean adapter) throws IOException {
        Path recipe = Files.writeString(data.resolve(name + ".yaml"), text);

        Weights first = system.finished(name, recipe);
        Weights again = system.finished(name + "-again", recipe);

        assertThat(first.policies()).containsOnlyKeys(0, 1, 2, 3, 4);
        assertThat(again).isEqualTo(first);
        for (String role : new String[] {"policy", "critic"}) {
            List<Path> kept = versions(system.directory(name).resolve(role));
            assertThat(kept).hasSizeGreaterThan(1);
            Path last = kept.get(kept.size() - 1);
            Map<String, ByteBuffer> trained = tensors(last);
            Map<String, ByteBuffer> before = tensors(kept.get(0));
            assertThat(trained).isNotEmpty();
            trained.forEach(
                    (tensor, bytes) -> assertThat(bytes).as(role + " " + tensor).isNotEqualTo(before.get(tensor)));
            assertThat(new ModelDirectory(last).isAdapter()).isEqualTo(adapter);
        }
        assertExportReloads(system, name, adapter);
    }

    private static void assertExportReloads(RunningSystem system, String run, boolean adapter) throws IOException {
        Path version = system.directory(run).resolve("policy/v00004");
        Path workspace = system.directory(run).resolve("../..").normalize();
        List<Sequence> sequences = List.of(Sequence.of(new int[] {5, 6, 7}, new int[] {8, 9, 10, 11}));
        for (String option : new String[] {"--version=4", "--merged"}) {
            Path out = system.root().resolve("export-" + run + option);
            int status = new CommandLine(new ExportCommand())
                    .execute(run, "--out=" + out, option, "--workspace=" + workspace);
            assertThat(status).isZero();
            assertThat(new ModelDirectory(out).isAdapter()).isEqualTo(adapter && !option.equals("--merged"));
            assertThat(out.resolve("README.md")).content().contains(run, "tempo round 2 of 2 (v4)", "avg@1");
            try (Policy exported = Policy.load(out);
                    Policy original = Policy.load(version)) {
                assertThat(exported.logProbs(sequences))
                        .usingElementComparator(Arrays::compare)
                        .isEqualTo(original.logProbs(sequences));
            }
        }
    }

    private static List<Path> versions(Path directory) throws IOException {
        try (Stream<Path> listed = Files.list(directory)) {
            return listed.sorted().toList();
        }
    }

    /** The bytes of every tensor of a version. */
    private static Map<String, ByteBuffer> tensors(Path version) throws IOException {
        Path model = version.resolve("model.safetensors");
        Path file = Files.exists(model) ? model : version.resolve("adapter_model.safetensors");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) bytes.getLong(0);
        JsonNode entries =
                JsonMapper.builder().build().readTree(new String(bytes.array(), 8, header, StandardCharsets.UTF_8));
        Map<String, ByteBuffer> tensors = new TreeMap<>();
        entries.properties().forEach(entry -> {
            JsonNode range = entry.getValue().path("data_offsets");
            if (!range.isMissingNode()) {
                int begin = range.get(0).asInt();
                tensors.put(
                        entry.getKey(),
                        bytes.slice(8 + header + begin, range.get(1).asInt() - begin));
            }
        });
        return tensors;
    }
}
