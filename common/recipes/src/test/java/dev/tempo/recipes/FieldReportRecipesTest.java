package dev.tempo.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tempo.fixtures.SharedFiles;
import dev.tempo.recipes.yaml.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recipes that people had trouble with, where the files are beside the checkout. */
class FieldReportRecipesTest {

    @Test
    void truthValuesMayBeginWithACapital() throws IOException {
        Path file = SharedFiles.at("field-reports/own/y17-whitening-True.yaml");

        assertThat(RecipeFile.read(file, null).stages().get(0).advantage().whitening())
                .isTrue();
        assertThat(RecipeSchemaTest.problems(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "y18-anchor.yaml | :24: stages[0].critic.clip must be a number but is a list (<< takes it from line 23)",
                "y27-utf16.yaml | : is written in UTF-16; save it as UTF-8",
                "y29-typo.yaml | :12: generation.maxNewToken is no field of a recipe; did you mean 'maxNewTokens'?",
                "y40-bomb.yaml | has more than 20000 values",
                "y55-name-slash.yaml | :1: name may hold up to 100 letters"
            })
    void whatCannotBeReadIsSaidInALine(String name, String expected) {
        Path file = SharedFiles.at("field-reports/own/" + name);

        Throwable refusal = catchThrowable(() -> RecipeFile.read(file, null));

        assertThat(refusal).isInstanceOf(RecipeException.class).hasMessageContaining(expected);
        assertThat(refusal.getMessage()).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"y29-typo.yaml", "y55-name-slash.yaml"})
    void anEditorMarksWhatTheSchemaCanSay(String name) throws IOException {
        assertThat(RecipeSchemaTest.problems(Files.readString(SharedFiles.at("field-reports/own/" + name))))
                .isNotEmpty();
    }
}
