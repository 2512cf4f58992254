package dev.tempo.recipes;

import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.WordShape;

/** The page that lists every field of a recipe: type, unit, default, meaning, and the version that first read it. */
final class RecipeReference {
    private static final String HEAD = """
            # Every field of a recipe

            Made from the code that reads recipes; a test holds it to that code. [recipes/quickstart.yaml](../recipes/quickstart.yaml) is a whole
            recipe with comments, `./tempo init DIR` writes one for your own questions, `./tempo doctor FILE` checks one.

            * A recipe is a YAML file in UTF-8. Editors with a YAML language server complete and check it if one of its lines is
              `# yaml-language-server: $schema=recipe.schema.json` with the path to [recipes/recipe.schema.json](../recipes/recipe.schema.json).
            * **Paths** are relative to the file that names them; `~/` is your home directory; `{seed}` stands for the seed.
            * `extends: other.yaml` takes everything from another recipe but what this one says: values replace values, sections merge
              field by field, stages merge by their `name`, and a field that is left empty (`rehearsal: ~`) is as if nobody had written it.
            * Aliases (`&name`, `*name`) and merge keys (`<<: *name`) mean what they mean in YAML.
            * **Numbers** are decimal: `3e-4`, `.5`, `1_000`. Counts are at most a million. **Truth values** are `true` and `false`; `yes` and `on` are refused.
            * Lists are `[a, b]` or lines that begin with `- `. A field written twice, or one that is not listed here, is refused.

            `required` under default means that a recipe that extends no other must have the field. No unit means a plain number or none.
            """;

    private RecipeReference() {}

    /** The page as Markdown. */
    static String text() {
        StringBuilder page = new StringBuilder(HEAD);
        for (NamedSection section : NamedSection.all()) {
            page.append("\n## ")
                    .append(section.path().isEmpty() ? "The recipe" : "`" + section.path() + "`")
                    .append("\n\n")
                    .append(section.shape().meaning())
                    .append("\n\n| field | type | unit | default | meaning | since |\n|---|---|---|---|---|---|\n");
            section.shape().fields().forEach(field -> page.append(row(field)));
        }
        return page.toString();
    }

    private static String row(Field<?, ?> field) {
        String meaning = field.meaning();
        String type = field.shape().words();
        if (field.shape() instanceof WordShape<?> words) {
            type = "word";
            meaning += "<br>" + String.join("<br>", words.explained());
        }
        String otherwise = field.isRequired() ? "required" : field.otherwiseWords();
        return "| `" + field.name() + "` | " + type + " | " + field.unit() + " | " + otherwise + " | " + meaning + " | "
                + field.since() + " |\n";
    }
}
