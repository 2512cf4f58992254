package dev.tempo.recipes;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.recipes.shape.NumberText;
import dev.tempo.recipes.shape.WriteContext;
import java.nio.file.Path;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/** A recipe as YAML that stands alone: every field with its value, nothing that is in another recipe. */
public final class ResolvedRecipe {
    private ResolvedRecipe() {}

    /**
     * The text of a file that reads as {@code recipe}.
     *
     * @param directory directory that the file is going to lie in
     * @param root paths within this directory are written relative to the file, so that they hold when the directory is
     *     moved
     */
    public static String text(Recipe recipe, Path directory, Path root) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(120);
        return new Yaml(new Numerals(options), options)
                .dump(RecipeShape.RECIPE.write(recipe, new WriteContext(directory, root)));
    }

    /** A writer of YAML that writes 3.0E-4 as 0.0003. */
    private static final class Numerals extends Representer {
        Numerals(DumperOptions options) {
            super(options);
            representers.put(Double.class, number -> {
                String text = NumberText.decimal((Double) number);
                return representScalar(Tag.FLOAT, text.matches("-?\\d+") ? text + ".0" : text);
            });
        }
    }
}
