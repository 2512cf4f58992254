package dev.tempo.recipes;

import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.recipes.yaml.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes as a slip or malice makes them: each is read, or refused by file and line. */
class HostileRecipesTest {
    @TempDir
    Path folder;

    @Test
    void aRecipeIsReadOrRefused() throws IOException {
        Path recipes = Path.of("../../recipes").toRealPath();
        List<Path> own;
        try (Stream<Path> listed = Files.list(recipes)) {
            own = listed.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        for (Path file : own) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
        HostileInputs.of("recipe")
                .files(own)
                .words(
                        "&a ",
                        "*a",
                        "<<: *a\n",
                        "&a [*a,*a,*a,*a,*a,*a,*a,*a]",
                        "!!binary",
                        "!!java.net.URL",
                        "? ",
                        "--- \n",
                        "...\n",
                        "%YAML 9.9\n",
                        "extends: hostile.yaml\n",
                        "extends: quickstart.yaml\n",
                        "\t",
                        "{seed}",
                        "- name: x\n",
                        "|\n",
                        ">\n",
                        "''",
                        "~",
                        "[a, b",
                        "1e400",
                        "0x10",
                        "rounds: 2147483647\n",
                        "samples: 2147483647\n")
                .refusedBy(RecipeException.class)
                .allocating(400, 8 << 20)
                .oneIn(2)
                .into(input -> {
                    Path file = Files.write(folder.resolve("hostile.yaml"), input);
                    return ResolvedRecipe.text(RecipeFile.read(file, 7L), folder, folder);
                });
    }
}
