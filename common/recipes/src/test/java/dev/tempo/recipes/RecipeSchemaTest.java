package dev.tempo.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tempo.recipes.yaml.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schema against recipes as an editor sees them: read by another YAML library (1.2, its core schema), checked by another
 * project's validator. Neither shares code with the reader.
 */
class RecipeSchemaTest {
    private static final Path RECIPES =
            Path.of("..", "..", "recipes").toAbsolutePath().normalize();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
            .getSchema(JSON.readTree(RECIPES.resolve("recipe.schema.json")));

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("shipped")
    void aShippedRecipeFitsTheSchemaThatItNames(Path recipe) throws IOException {
        String text = Files.readString(recipe);

        assertThat(problems(text)).isEmpty();
        String line = text.lines()
                .filter(comment -> comment.startsWith("# yaml-language-server: $schema="))
                .findFirst()
                .orElseThrow();
        assertThat(recipe.resolveSibling(line.substring(line.indexOf('=') + 1)).normalize())
                .isEqualTo(RECIPES.resolve("recipe.schema.json"));
    }

    static Stream<Path> shipped() throws IOException {
        try (Stream<Path> own = Files.list(RECIPES);
                Stream<Path> paper = Files.list(RECIPES.resolve("paper"))) {
            return Stream.concat(own, paper)
                    .filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("judge-service.yaml"))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sead: 3",
                "name: a b",
                "name: ../../evil",
                "seed: 1.5",
                "seed: many",
                "training: lora",
                "training: {lora: {rank: 0}}",
                "training: {arithmetic: float16}",
                "generation: {maxNewToken: 8}",
                "generation: {maxNewTokens: 0}",
                "generation: {maxNewTokens: 3000000000}",
                "generation: {topP: 1.5}",
                "generation: {stop: []}",
                "generation: {chat: maybe}",
                "generation: {chat: {sytem: x}}",
                "judges: {default: rules}",
                "evaluation: {passAt: 2}",
                "evaluation: {sets: {holdout: {isTestTimeSet: yes}}}",
                "evaluation: {sets: {a/b: {file: b.jsonl}}}",
                "stages: []",
                "stages: [{name: test-time, reward: oracle}]",
                "stages: [{name: test-time, advantage: {whitening: on}}]",
                "stages: [{name: test-time, policy: {clip: 0.2}}]",
                "stages: [{name: test-time, policy: {clip: [0.2]}}]",
                "stages: [{name: test-time, policy: {learningRate: 0}}]",
                "stages: [{name: test-time, policy: {learningRate: .nan}}]",
                "stages: [{name: test-time, policy: {beta1: 1}}]",
                "stages: [{name: test-time, recalibration: sometimes}]",
                "stages: [{name: test-time, recalibration: {questionsFrom: unlabeled}}]",
                "data: {unlabeled: {file: unlabeled.jsonl, answer: answer}}"
            })
    void whatTheReaderRefusesTheSchemaRefuses(String change) throws IOException {
        String text = "extends: " + RECIPES.resolve("quickstart.yaml") + "\n" + change + "\n";

        assertThat(isRead(text)).as("the reader takes %s", change).isFalse();
        assertThat(problems(text)).as("the schema takes %s", change).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: 2026",
                "seed: -1",
                "training: full",
                "training: ~",
                "training: {lora: {rank: 8, alpha: ~}, microBatchTokens: 4_096}",
                "generation: {temperature: 0, topK: 20, chat: true}",
                "generation: {chat: {system: '', enableThinking: False}}",
                "generation: {environment: ~, stop: ['#']}",
                "judges: {default: [rules, math], physics: [external]}",
                "data: {labeled: {domain: topic, split: ~}}",
                "evaluation: {every: 1e1, sets: {holdout: ~, unlabeled: {samples: 64}}}",
                "stages: [{name: test-time, recalibration: never}]",
                "stages: [{name: test-time, policy: {clip: [.5, 3.e-4], weightDecay: 1}}]",
                "stages: [{name: test-time, advantage: ~}]"
            })
    void whatTheReaderTakesTheSchemaTakes(String change) throws IOException {
        String text = "extends: " + RECIPES.resolve("quickstart.yaml") + "\n" + change + "\n";

        assertThat(isRead(text)).as("the reader refuses %s", change).isTrue();
        assertThat(problems(text)).as(change).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name: ", "  every: ", "    rounds: ", "  - name: ", "model: ", "judges: ", "generation: "})
    void whatARecipeLacksTheSchemaMisses(String field) throws IOException {
        String quickstart = Files.readString(RECIPES.resolve("quickstart.yaml"))
                .replace("\"quickstart/", "\"" + RECIPES + "/quickstart/");
        assertThat(quickstart).contains(field);
        String text = quickstart.replaceFirst("(?m)^" + field + ".*\n", "");
        if (field.contains("- name")) {
            text = quickstart.replaceFirst("- name: stage1\n    rounds", "- rounds");
        }

        assertThat(problems(text).isEmpty()).as(field).isEqualTo(isRead(text));
    }

    /** The errors that the validator finds in a recipe's text. */
    static List<Error> problems(String text) {
        LoadSettings settings =
                LoadSettings.builder().setSchema(new CoreSchema()).build();
        JsonNode read = JSON.valueToTree(new Load(settings).loadFromString(text));
        return SCHEMA.validate(read);
    }

    private boolean isRead(String text) throws IOException {
        try {
            RecipeFile.read(Files.writeString(directory.resolve("mine.yaml"), text), null);
            return true;
        } catch (RecipeException refused) {
            return false;
        }
    }
}
