package dev.tempo.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.recipes.yaml.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivingRecipesTest {
    private static final String HEAD = """
        name: kiosk
        model: base
        data:
          labeled: {file: labeled.jsonl}
        """;
    private static final String REST = """
        evaluation: {}
        generation: {maxNewTokens: 22}
        judges: {default: [rules]}
        stages:
          - {name: kiosk, rounds: unbounded, questionsFrom: unlabeled, questions: 4, samples: 2, reward: critic,
             recalibration: {questions: 2, samples: 2}, policy: {learningRate: 1e-4, miniBatch: 4, clip: [.1, .1]},
             critic: {learningRate: 1e-4, miniBatch: 4}}
        """;

    @TempDir
    Path folder;

    @Test
    void questionsMayArriveAloneAndAStageMayHaveNoEnd() throws IOException {
        Recipe recipe = read("  unlabeled: {arriving: true}\n");
        assertThat(recipe.data().arriving()).isEqualTo(ArrivalSettings.USUAL);
        assertThat(recipe.data().unlabeled()).isNull();
        assertThat(recipe.unbounded()).isTrue();
        assertThat(recipe.endingWith(7).rounds()).isEqualTo(7);
        assertThat(recipe.endingWith(7).unbounded()).isFalse();
    }

    @Test
    void theyMayArriveBesideAFileWithSettingsOfTheirOwn() throws IOException {
        Recipe recipe = read("  unlabeled: {file: unlabeled.jsonl, arriving: {fresh: 0, hard: 2.5, perSource: 9}}\n");
        assertThat(recipe.data().unlabeled()).isNotNull();
        assertThat(recipe.data().arriving()).isEqualTo(new ArrivalSettings(0, 3, 2.5, 1, 1_000, 9, 10_000));
        assertThat(read("  unlabeled: {file: unlabeled.jsonl, arriving: false}\n")
                        .data()
                        .arriving())
                .isNull();
    }

    @Test
    void whatCannotBeIsRefusedWithItsPlace() {
        refused("  unlabeled: {arriving: false}\n", "name a file, or write 'arriving: true'");
        refused("  unlabeled: {arriving: true, question: text}\n", "columns of a file, but none is named");
        refused("  unlabeled: {arriving: {fresh: 5}}\n", "fresh is 5, but a round of stage 'kiosk' draws 4 questions");
        refused("  unlabeled: {arriving: {perRound: 3}}\n", "perRound is 3, but a round of stage 'kiosk' draws 4");
        refused("  unlabeled: {arriving: {most: 2}}\n", "most is 2, but a round of stage 'kiosk' draws 4 questions");
        refused("  unlabeled: {arriving: {news: 2}}\n", "news");
        refused("  unlabeled: {arriving: yes}\n", "arriving must be");
        refused("  unlabeled: {arriving: {hard: -1}}\n", "must be at least 0");
    }

    @Test
    void aPromotionSetIsNoBenchmarkAndNeedsAMargin() throws IOException {
        Recipe recipe = read("  unlabeled: {arriving: true}\npromotion: {file: p.jsonl, samples: 4}\n");
        assertThat(Objects.requireNonNull(recipe.promotion()).passAt()).isEqualTo(4);
        assertThat(recipe.tries(0)).isFalse();
        assertThat(recipe.tries(3)).isTrue();
        refused("  unlabeled: {arriving: true}\npromotion: {file: p.jsonl, margin: 0}\n", "greater than 0");
        refused("  unlabeled: {arriving: true}\npromotion: {file: p.jsonl, margin: 1}\n", "less than 1");
        refused("  unlabeled: {arriving: true}\npromotion: {file: p.jsonl, confidence: .4}\n", "greater than 0.5");
        refused("  unlabeled: {arriving: true}\npromotion: {samples: 4}\n", "file");
    }

    @Test
    void aShareOfChatsMayBeAskedAsShadowTrafficWhereQuestionsArrive() throws IOException {
        Recipe recipe = read("  unlabeled: {arriving: true}\npromotion: {file: p.jsonl, shadow: .25}\n");
        assertThat(Objects.requireNonNull(recipe.promotion()).shadowShare()).isEqualTo(.25);
        assertThat(recipe.shadows()).isTrue();
        Recipe none = read("  unlabeled: {arriving: true}\npromotion: {file: p.jsonl, shadow: 0}\n");
        assertThat(none.shadows()).isFalse();
        assertThat(none.promotion())
                .isEqualTo(read("  unlabeled: {arriving: true}\npromotion: {file: p.jsonl}\n")
                        .promotion());
        refused("  unlabeled: {arriving: true}\npromotion: {file: p.jsonl, shadow: 1.5}\n", "shadow must be at most 1");
        refused("  unlabeled: {arriving: true}\npromotion: {file: p.jsonl, shadow: -1}\n", "shadow must be at least 0");
        refused(
                "  unlabeled: {file: u.jsonl}\npromotion: {file: p.jsonl, shadow: .1}\n",
                "promotion.shadow: chats are");
    }

    @Test
    void trainingMayGoBackAfterTrialsThatFoundAVersionWorse() throws IOException {
        Recipe recipe = read("  unlabeled: {file: u.jsonl}\npromotion: {file: p.jsonl, goBackAfter: 3}\n");
        assertThat(Objects.requireNonNull(recipe.promotion()).goBackAfter()).isEqualTo(3);
        assertThat(recipe.goesBack()).isTrue();
        Recipe never = read("  unlabeled: {file: u.jsonl}\npromotion: {file: p.jsonl}\n");
        assertThat(Objects.requireNonNull(never.promotion()).goBackAfter()).isNull();
        assertThat(never.goesBack()).isFalse();
        assertThat(read("  unlabeled: {file: u.jsonl}\n").goesBack()).isFalse();
        refused("  unlabeled: {file: u.jsonl}\npromotion: {file: p.jsonl, goBackAfter: 0}\n", "goBackAfter must be");
        refused("  unlabeled: {file: u.jsonl}\npromotion: {file: p.jsonl, goBackAfter: -2}\n", "goBackAfter must be");
        refused("  unlabeled: {file: u.jsonl}\npromotion: {file: p.jsonl, goBackAfter: 1.5}\n", "goBackAfter must be");
        refused("  unlabeled: {file: u.jsonl}\npromotion: {goBackAfter: 2}\n", "file");
    }

    @Test
    void onlyTheLastStageMayHaveNoEnd() throws IOException {
        Path file = Files.writeString(
                folder.resolve("two.yaml"),
                HEAD + "  unlabeled: {arriving: true}\n" + REST
                        + REST.substring(REST.indexOf("  - {name: kiosk")).replace("name: kiosk", "name: second"));
        assertThatThrownBy(() -> RecipeFile.read(file, null))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("only the last stage may have unbounded rounds");
    }

    private Recipe read(String unlabeled) throws IOException {
        return RecipeFile.read(Files.writeString(folder.resolve("recipe.yaml"), HEAD + unlabeled + REST), null);
    }

    private void refused(String unlabeled, String words) {
        assertThatThrownBy(() -> read(unlabeled))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("recipe.yaml")
                .hasMessageContaining(words);
    }
}
