package dev.tempo.standalone.check;

import dev.tempo.chat.ChatTemplateException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.plugin.TextEnvironment;
import dev.tempo.plugin.jar.PlugInJars;
import dev.tempo.standalone.launch.EnvironmentJars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether the recipe's model and environment exist and fit. */
public final class ModelCheck {
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
                model.requireFinite();
                findings.add(Finding.good(
                        "model",
                        path + ": " + config.modelType() + ", " + config.layers() + " layers, hidden "
                                + config.hiddenSize() + ", vocabulary " + config.vocabularySize() + ", "
                                + config.parameters() + " parameters in "
                                + model.weightType().inConfig()));
                findings.addAll(PromptCheck.of(recipe.generation(), model, config));
            } catch (ModelFormatException | ChatTemplateException unusable) {
                findings.add(Finding.problem("model", String.valueOf(unusable.getMessage())));
            }
        }
        String environment = recipe.generation().environment();
        if (environment != null && !EnvironmentJars.BUILT_IN.contains(environment)) {
            findings.addAll(plugIn(environment));
        }
        return findings;
    }

    private static List<Finding> plugIn(String environment) {
        PlugInJars<TextEnvironment> jars = EnvironmentJars.here();
        List<Finding> findings = new ArrayList<>();
        jars.problems().forEach(problem -> findings.add(Finding.problem("environments", problem)));
        Set<String> names = new TreeSet<>(EnvironmentJars.BUILT_IN);
        jars.plugIns().forEach(plugIn -> names.add(plugIn.name()));
        if (!names.contains(environment)) {
            findings.add(Finding.problem(
                    "generation.environment", "no environment is called '" + environment + "'; there are " + names));
        }
        return findings;
    }
}
