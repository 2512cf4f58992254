package dev.tempo.standalone.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.policy.FinalFiles;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The quickstart's base as the last version of a run. */
class FinalModelTest {
    private static final Recipe QUICKSTART = RecipeFile.read(Path.of("..", "recipes", "quickstart.yaml"), null);

    @TempDir
    Path directory;

    @BeforeEach
    void keep() {
        Path base = Path.of(QUICKSTART.model());
        Run run = new Run(
                "r",
                RunState.ACTIVE,
                QUICKSTART,
                new ModelReference(base.toUri().toString(), new ModelDirectory(base).sha256()),
                directory.toString(),
                null);
        FinalFiles.write(run, base, run.base().sha256());
        new FinalModel(run, 130, directory).complete(new RunDirectory(directory).finalModel());
    }

    @Test
    void itHasWhatTransformersLoadsAModelWith() throws IOException {
        JsonNode generation = json("generation_config.json");
        assertThat(generation.get("eos_token_id").asInt()).isEqualTo(10);
        assertThat(generation.get("pad_token_id").asInt()).isZero();
        assertThat(generation.get("temperature").asDouble()).isEqualTo(1);
        assertThat(generation.get("top_k").asInt()).isZero();
        JsonNode tokenizer = json("tokenizer_config.json");
        assertThat(tokenizer.get("tokenizer_class").asString()).isEqualTo("PreTrainedTokenizerFast");
        assertThat(tokenizer.get("eos_token").asString()).isEqualTo("$");
        assertThat(tokenizer.get("pad_token").asString()).isEqualTo(".");
    }

    @Test
    void itIsTheSameModelToUs() {
        ModelDirectory kept = new ModelDirectory(directory.resolve("final"));
        ModelDirectory base = new ModelDirectory(Path.of(QUICKSTART.model()));

        kept.check();
        assertThat(kept.sha256()).isEqualTo(base.sha256());
        assertThat(kept.config()).isEqualTo(base.config());
    }

    @Test
    void itsCardSaysHowToLoadItAndNamesNoPathOfThisMachine() throws IOException {
        String card = Files.readString(directory.resolve("final/README.md"));

        assertThat(card)
                .contains(
                        "AutoModelForCausalLM.from_pretrained(here)",
                        "| licence |",
                        "model: base\n",
                        "file: labeled.jsonl",
                        new ModelDirectory(directory.resolve("final")).sha256())
                .doesNotContain(Path.of("..").toAbsolutePath().normalize().toString());
    }

    private JsonNode json(String name) throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(directory.resolve("final").resolve(name)));
    }
}
