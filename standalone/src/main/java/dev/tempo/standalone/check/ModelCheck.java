package dev.tempo.standalone.check;

import dev.tempo.chat.ChatTemplate;
import dev.tempo.chat.ChatTemplateException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.directory.ModelDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether the recipe's model and environment exist and fit. */
public final class ModelCheck {
    private static final Set<String> ENVIRONMENTS = Set.of("calculator");

    private ModelCheck() {}

    public static List<Finding> of(Recipe recipe) {
        List<Finding> findings = new ArrayList<>();
        Path path = Path.of(recipe.model());
        if (!Files.isDirectory(path)) {
            findings.add(Finding.problem(
                    "model",
                    path
                            + " is no directory; put a Hugging Face model there (config.json, tokenizer.json and"
                            + " model.safetensors or its shards), or name another in 'model'"));
        } else {
            try {
                ModelDirectory model = new ModelDirectory(path);
                ModelConfig config = model.config();
                model.check();
                findings.add(Finding.good(
                        "model",
                        path + ": " + config.modelType() + ", " + config.layers() + " layers, hidden "
                                + config.hiddenSize() + ", vocabulary " + config.vocabularySize() + ", "
                                + config.parameters() + " parameters in "
                                + model.weightType().inConfig()));
                if (recipe.generation().chat() != null
                        && ChatTemplate.of(model.base()).isEmpty()) {
                    findings.add(Finding.problem(
                            "generation.chat",
                            model.base() + " has no chat template: neither chat_template.jinja nor one in"
                                    + " tokenizer_config.json"));
                }
            } catch (ModelFormatException | ChatTemplateException unusable) {
                findings.add(Finding.problem("model", String.valueOf(unusable.getMessage())));
            }
        }
        String environment = recipe.generation().environment();
        if (environment != null && !ENVIRONMENTS.contains(environment)) {
            findings.add(Finding.problem(
                    "generation.environment",
                    "no environment is called '" + environment + "'; there are " + ENVIRONMENTS));
        }
        return findings;
    }
}
