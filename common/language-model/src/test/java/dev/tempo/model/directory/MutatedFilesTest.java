package dev.tempo.model.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.model.Head;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.TinyModel;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.TrainerTest;
import dev.tempo.model.training.TrainingMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests with damaged files: after any change a model's files are either still a model, or an error names the file at fault.
 */
class MutatedFilesTest {
    private static final int MUTATIONS = Integer.getInteger("tempo.test.mutations", 150);

    private static final List<String> ODD = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1",
            "1.5",
            "1e308",
            "2147483647",
            "-2147483648",
            "4294967296",
            "99999999999999999999999",
            "\"\"",
            "\"x\"",
            "\"\\u0000\"",
            "\"../..\"",
            "\"all-linear\"",
            "[]",
            "[1]",
            "[null]",
            "[[]]",
            "{}",
            "{\"a\": 1}",
            "{\"rope_type\": \"yarn\", \"factor\": 1e300}");

    @TempDir
    Path directory;

    private Path model() {
        return TinyModel.write(directory.resolve("model"), TinyModel.olmo(true), Head.VOCABULARY, 5);
    }

    @ParameterizedTest
    @CsvSource({
        "config.json",
        "generation_config.json",
        "tokenizer_config.json",
        "tokenizer.json",
        "model.safetensors",
        "model.safetensors.index.json"
    })
    void aModelLoadsOrItsFileIsNamed(String name) throws IOException {
        Path model = model();
        Files.writeString(
                model.resolve("generation_config.json"),
                "{\"eos_token_id\": [1, 2], \"temperature\": 0.6, \"repetition_penalty\": 1.0}");
        Files.writeString(
                model.resolve("tokenizer_config.json"),
                "{\"pad_token\": \".\", \"eos_token\": {\"content\": \"$\"}, \"additional_special_tokens\": [\"$\"],"
                        + " \"added_tokens_decoder\": {\"1\": {\"content\": \"$\"}}, \"chat_template\": \"x\"}");
        if (name.endsWith("index.json")) {
            Files.move(model.resolve("model.safetensors"), model.resolve("all"));
            ObjectNode index = JsonMapper.shared().createObjectNode();
            ObjectNode map = index.putObject("weight_map");
            ModelLayout.parts(TinyModel.olmo(true), Head.VOCABULARY).forEach(part -> map.put(part.name(), "all"));
            Files.write(model.resolve(name), JsonMapper.shared().writeValueAsBytes(index));
        }
        mutate(model, model, name);
    }

    @ParameterizedTest
    @CsvSource({"adapter_config.json", "adapter_model.safetensors"})
    void anAdapterLoadsOrItsFileIsNamed(String name) throws IOException {
        Path model = model();
        Path adapter = directory.resolve("adapter");
        LowRank lora = new LowRank(2, 3, List.of("q_proj", "up_proj"));
        try (PolicyTrainer trainer =
                PolicyTrainer.start(model, TrainerTest.OPTIMIZER, new TrainingMethod(lora, 0, false), 1)) {
            trainer.save(adapter);
        }
        mutate(adapter, model, name);
    }

    private void mutate(Path directory, Path base, String name) throws IOException {
        byte[] whole = Files.readAllBytes(directory.resolve(name));
        new ModelDirectory(directory).check();
        int refused = 0;
        List<String> faults = new ArrayList<>();
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            long key = CounterRandom.key(MUTATIONS, name, mutation);
            byte[] changed = name.endsWith(".safetensors") || mutation % 3 == 0 ? bytes(key, whole) : json(key, whole);
            Files.write(directory.resolve(name), changed);
            try {
                new ModelDirectory(directory).check();
            } catch (ModelFormatException e) {
                refused++;
                String message = String.valueOf(e.getMessage());
                if (!message.startsWith(directory.toString()) && !message.startsWith(base.toString())
                        || message.contains("tools.jackson")
                        || message.contains("Exception")) {
                    faults.add(message);
                }
            } catch (RuntimeException | Error e) {
                String stack = Arrays.toString(Arrays.copyOf(e.getStackTrace(), 4));
                faults.add(e + " " + stack + " for " + head(changed));
            }
        }
        assertThat(faults).isEmpty();
        assertThat(refused).isGreaterThan(MUTATIONS / 5);
    }

    private static String head(byte[] changed) {
        return new String(changed, 0, Math.min(changed.length, 1500), StandardCharsets.ISO_8859_1);
    }

    /** A copy with some bytes set, removed or doubled, most of them near the beginning. */
    private static byte[] bytes(long key, byte[] whole) {
        int near = Math.min(whole.length, 3000);
        int at = CounterRandom.below(key, 0, near);
        int length = Math.min(1 + CounterRandom.below(key, 1, 9), whole.length - at);
        byte[] changed = whole.clone();
        return switch (CounterRandom.below(key, 2, 4)) {
            case 0 -> {
                changed[at] = (byte) CounterRandom.below(key, 3, 256);
                yield changed;
            }
            case 1 -> without(whole, at, length);
            case 2 -> Arrays.copyOf(whole, CounterRandom.below(key, 4, whole.length));
            default -> {
                String odd = ODD.get(CounterRandom.below(key, 5, ODD.size()));
                byte[] put = odd.getBytes(StandardCharsets.UTF_8);
                System.arraycopy(put, 0, changed, at, Math.min(put.length, whole.length - at));
                yield changed;
            }
        };
    }

    private static byte[] without(byte[] whole, int at, int length) {
        byte[] changed = Arrays.copyOf(whole, whole.length - length);
        System.arraycopy(whole, at + length, changed, at, whole.length - at - length);
        return changed;
    }

    /** A copy with one value, at any depth, replaced by an odd one or removed. */
    private static byte[] json(long key, byte[] whole) {
        JsonNode root = JsonMapper.shared().readTree(whole);
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode container = containers.get(
                CounterRandom.below(key, 10, 2) == 0 ? 0 : CounterRandom.below(key, 11, containers.size()));
        int at = CounterRandom.below(key, 12, container.size());
        JsonNode odd = JsonMapper.shared().readTree(ODD.get(CounterRandom.below(key, 13, ODD.size())));
        boolean gone = CounterRandom.below(key, 14, 8) == 0;
        if (container instanceof ArrayNode array) {
            if (gone) {
                array.remove(at);
            } else {
                array.set(at, odd);
            }
        } else if (container instanceof ObjectNode object) {
            Map.Entry<String, JsonNode> field = List.copyOf(object.properties()).get(at);
            if (gone) {
                object.remove(field.getKey());
            } else {
                object.set(field.getKey(), odd);
            }
        }
        return JsonMapper.shared().writeValueAsBytes(root);
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    @Test
    void aDirectoryWhereAFileShouldBeIsSaid() throws IOException {
        Path model = model();
        for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            byte[] content = Files.readAllBytes(model.resolve(name));
            Files.delete(model.resolve(name));
            Files.createDirectory(model.resolve(name));
            try {
                new ModelDirectory(model).check();
                assertThat(name).as("a directory of this name").isEmpty();
            } catch (ModelFormatException e) {
                assertThat(e).hasMessageStartingWith(model.resolve(name).toString());
            }
            Files.delete(model.resolve(name));
            Files.write(model.resolve(name), content);
        }
    }
}
