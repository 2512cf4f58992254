package dev.tempo.eval.report;

import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.Training;
import dev.tempo.contract.recipe.VersionName;
import dev.tempo.recipes.ResolvedRecipe;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** README.md of an exported policy version: what it is, how it was made, what it scored. */
public final class ModelCard {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Run run;
    private final int version;
    private final Path runDirectory;
    private final BaseModelOrigin base;

    public ModelCard(Run run, int version, Path runDirectory) {
        this.run = run;
        this.version = version;
        this.runDirectory = runDirectory;
        this.base = new BaseModelOrigin(Path.of(run.recipe().model()));
    }

    /**
     * The card as Markdown with Hugging Face's header. It names the base as it was published, where that is known, and no
     * path of this machine.
     *
     * @param adapter whether what was exported is a LoRA adapter
     * @param type of the numbers, as config.json says it
     * @param sha256 of the weights
     */
    public String text(boolean adapter, String type, String sha256) {
        Recipe recipe = run.recipe();
        Stage stage = recipe.stageOf(Math.max(0, version - 1));
        StringBuilder card = new StringBuilder("---\n");
        base.publishedName()
                .ifPresent(name -> card.append("base_model: ").append(name).append('\n'));
        base.license()
                .ifPresent(license -> card.append("license: ").append(license).append('\n'));
        card.append("library_name: ").append(adapter ? "peft" : "transformers").append('\n');
        card.append("pipeline_tag: text-generation\ntags: [tempo, reinforcement-learning]\n---\n\n");
        VersionName name = VersionName.of(recipe, version);
        card.append("# ").append(recipe.name()).append(", ").append(name).append("\n\n");
        card.append("Trained by TEMPO (test-time training with a recalibrated critic, arXiv 2604.19295) in run `")
                .append(run.run())
                .append("`.\n\n| | |\n|---|---|\n");
        row(card, "recipe", recipe.name() + ", seed " + recipe.seed());
        row(card, "version", name + ", of v0 to v" + recipe.rounds());
        row(card, "reward", stage.reward().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        row(card, "training", training(recipe.training()));
        row(card, "base", baseName() + ", SHA-256 " + run.base().sha256());
        row(card, "licence", base.license().orElse("that of the base, whose directory states none"));
        row(card, "weights", type + ", SHA-256 " + sha256);
        card.append('\n').append(scores()).append('\n').append(course()).append('\n');
        card.append(loading(adapter)).append('\n');
        return card.append("The recipe:\n\n```yaml\n")
                .append(withoutPaths(ResolvedRecipe.text(recipe, runDirectory, runDirectory))
                        .strip())
                .append("\n```\n")
                .toString();
    }

    private String baseName() {
        return base.publishedName()
                .orElse("a model of the recipe's own, `"
                        + Path.of(run.recipe().model()).getFileName() + "`");
    }

    private String loading(boolean adapter) {
        String load = adapter
                ? "base = AutoModelForCausalLM.from_pretrained(\""
                        + base.publishedName().orElse("the base's directory")
                        + "\")\nmodel = PeftModel.from_pretrained(base, here)"
                : "model = AutoModelForCausalLM.from_pretrained(here)";
        return "How to load it, where `here` is this directory:\n\n```python\n"
                + "from transformers import AutoModelForCausalLM, AutoTokenizer\n"
                + (adapter ? "from peft import PeftModel\n" : "")
                + "\ntokenizer = AutoTokenizer.from_pretrained(here)\n" + load + "\n```\n\n"
                + "or, in a recipe of TEMPO's, `model: here`.\n";
    }

    private static void row(StringBuilder card, String name, String text) {
        card.append("| ").append(name).append(" | ").append(text).append(" |\n");
    }

    private static String training(@Nullable Training training) {
        LowRank lora = training == null ? null : training.lora();
        return lora == null
                ? "all weights"
                : "LoRA of rank " + lora.rank() + ", alpha " + lora.alpha() + ", on "
                        + String.join(", ", lora.targets());
    }

    private String scores() {
        Optional<JsonNode> measured = measurements().stream()
                .filter(entry -> entry.path("version").asInt(-1) == version)
                .findFirst();
        if (measured.isEmpty()) {
            return "This version was not measured.\n";
        }
        StringBuilder table = new StringBuilder("| set | questions | score | value |\n|---|---|---|---|\n");
        for (JsonNode set : measured.get().path("sets")) {
            String start = "| " + set.path("set").asString() + " | "
                    + set.path("questions").asInt(0) + " | ";
            line(table, start, "avg@" + set.path("samples").asInt(0), set.path("avg"));
            set.path("passAt")
                    .properties()
                    .forEach(pass -> line(table, start, "pass@" + pass.getKey(), pass.getValue()));
            line(table, start, "maj@" + set.path("samples").asInt(0), set.path("majority"));
        }
        return table.toString();
    }

    /** The mean accuracy of all versions up to this one that were measured. */
    private String course() {
        List<JsonNode> earlier = measurements().stream()
                .filter(entry -> entry.path("version").asInt(-1) <= version)
                .toList();
        if (earlier.isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("| version |");
        StringBuilder rule = new StringBuilder("|---|");
        for (JsonNode set : earlier.get(0).path("sets")) {
            table.append(' ').append(set.path("set").asString()).append(" avg@");
            table.append(set.path("samples").asInt(0)).append(" |");
            rule.append("---|");
        }
        table.append('\n').append(rule).append('\n');
        for (JsonNode entry : earlier) {
            table.append("| ")
                    .append(VersionName.of(run.recipe(), entry.path("version").asInt(0)))
                    .append(" |");
            for (JsonNode set : entry.path("sets")) {
                table.append(String.format(
                        Locale.ROOT, " %.4f |", set.path("avg").path("value").asDouble(0)));
            }
            table.append('\n');
        }
        return table.toString();
    }

    /** Files by their names and the base by the name that it was published under. */
    private String withoutPaths(String recipeText) {
        Recipe recipe = run.recipe();
        List<String> files = new ArrayList<>();
        if (recipe.data().labeled() != null) {
            files.add(recipe.data().labeled().file());
        }
        if (recipe.data().unlabeled() != null) {
            files.add(recipe.data().unlabeled().file());
        }
        if (recipe.data().rehearsal() != null) {
            files.add(recipe.data().rehearsal().file());
        }
        recipe.evaluation().sets().values().forEach(set -> files.add(set.file()));
        String text = recipeText.replaceAll("(?m)^#.*\\R", "");
        for (String file : files) {
            String name = String.valueOf(Path.of(file).getFileName());
            text = replacePath(text, name, name);
        }
        String directory = String.valueOf(Path.of(recipe.model()).getFileName());
        return replacePath(text, directory, base.publishedName().orElse(directory));
    }

    private static String replacePath(String text, String name, String by) {
        return text.replaceAll(
                "[^\\s'\"{\\[,]*/" + Pattern.quote(name) + "(?![^\\s'\"}\\],])", Matcher.quoteReplacement(by));
    }

    private static void line(StringBuilder table, String start, String name, JsonNode score) {
        table.append(start)
                .append(name)
                .append(" | ")
                .append(String.format(
                        Locale.ROOT,
                        "%.4f (%.4f to %.4f)",
                        score.path("value").asDouble(0),
                        score.path("interval").path("low").asDouble(0),
                        score.path("interval").path("high").asDouble(0)))
                .append(" |\n");
    }

    private List<JsonNode> measurements() {
        Path file = new RunDirectory(runDirectory).metrics();
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(JSON::readTree)
                    .filter(entry -> entry.path("type").asString("").equals("evaluation"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
    }
}
