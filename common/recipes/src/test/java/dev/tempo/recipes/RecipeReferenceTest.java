package dev.tempo.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.recipes.shape.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecipeReferenceTest {
    private static final String REGENERATE = "./mvnw -q -pl common/recipes -am -Dtest=RecipeReferenceTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dtempo.regenerate=true test";

    private static final Path PROJECT = Path.of("..", "..");

    @Test
    void theReferenceListsTheFieldsThatAreRead() throws IOException {
        holds(PROJECT.resolve("docs").resolve("recipe-reference.md"), RecipeReference.text());
    }

    @Test
    void theSchemaForEditorsListsTheFieldsThatAreRead() throws IOException {
        holds(PROJECT.resolve("recipes").resolve("recipe.schema.json"), RecipeSchema.text());
    }

    @Test
    void everyFieldHasAMeaningThatIsASentence() {
        Set<String> seen = new HashSet<>();
        for (NamedSection section : NamedSection.all()) {
            assertThat(section.shape().meaning()).as(section.path()).endsWith(".");
            for (Field<?, ?> field : section.shape().fields()) {
                assertThat(seen.add(section.path() + "." + field.name())).isTrue();
                assertThat(field.meaning())
                        .as(section.path() + "." + field.name())
                        .endsWith(".")
                        .doesNotContain("|");
                assertThat(field.isRequired() || !field.otherwiseWords().isEmpty())
                        .as("what a recipe without %s.%s gets", section.path(), field.name())
                        .isTrue();
            }
        }
        assertThat(seen).hasSizeGreaterThan(80);
    }

    private static void holds(Path file, String text) throws IOException {
        if (Boolean.getBoolean("tempo.regenerate")) {
            Files.writeString(file, text);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s is made from the code that reads recipes; make it again with %s", file, REGENERATE)
                .isEqualTo(text);
    }
}
