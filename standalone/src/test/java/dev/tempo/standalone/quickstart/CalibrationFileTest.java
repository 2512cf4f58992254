package dev.tempo.standalone.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.LabeledQuestions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationFileTest {
    private static final long SEED = 1;
    private static final World WORLD = new World(SEED);

    @TempDir
    private Path directory;

    @Test
    void questionsAreSpreadEvenlyOverAllOfTheWorlds() {
        LabeledFile world = world();
        Path file = directory.resolve("labels.jsonl");

        new CalibrationFile(world, file).spread(90);

        assertThat(calibration(file)).hasSize(90);
        assertThat(calibration(file).subList(28, 32))
                .extracting(row -> row.question().id())
                .containsExactly(
                        "calibration/train-280",
                        "calibration/train-290",
                        "calibration/calibration-0",
                        "calibration/calibration-10");
        assertThat(train(file)).isEqualTo(train(Path.of(world.file())));
    }

    @Test
    void someAreLikeTheUnlabeledAndNoneIsOneOfThemOrHeldOut() {
        LabeledFile world = world();
        Path file = directory.resolve("mixed.jsonl");

        new CalibrationFile(world, file).chosen(600, 300, SEED);

        List<String> texts =
                calibration(file).stream().map(row -> row.question().text()).toList();
        assertThat(texts).hasSize(600).doesNotHaveDuplicates();
        assertThat(texts)
                .doesNotContainAnyElementsOf(
                        WORLD.unlabeled().stream().map(ChainQuestion::text).toList())
                .doesNotContainAnyElementsOf(
                        WORLD.holdout().stream().map(ChainQuestion::text).toList());
        assertThat(texts.subList(0, 300))
                .isEqualTo(WORLD.likeUnlabeled(300).stream()
                        .map(ChainQuestion::text)
                        .toList())
                .allMatch(text -> text.length() == "x*1+1*1+1=1".length());
        assertThat(calibration(Path.of(world.file())).stream()
                        .map(row -> row.question().text()))
                .containsAll(texts.subList(300, 600));
        assertThat(train(file)).isEqualTo(train(Path.of(world.file())));
    }

    @Test
    void moreThanThereAreIsRefused() {
        CalibrationFile file = new CalibrationFile(world(), directory.resolve("more.jsonl"));

        assertThatThrownBy(() -> file.spread(901)).hasMessageEndingWith("has 900 labeled questions, not 901");
    }

    private LabeledFile world() {
        new WorldFiles(directory, new SymbolLanguage()).write(WORLD, List.of());
        return labeled(directory.resolve("labeled.jsonl"));
    }

    private static LabeledFile labeled(Path file) {
        return new LabeledFile(file.toString(), "id", "question", "answer", "split", null);
    }

    private static List<LabeledQuestion> calibration(Path file) {
        return of(file, QuestionSource.LABELED_CALIBRATION);
    }

    private static List<LabeledQuestion> train(Path file) {
        return of(file, QuestionSource.LABELED_TRAIN);
    }

    private static List<LabeledQuestion> of(Path file, QuestionSource source) {
        return LabeledQuestions.read(labeled(file)).stream()
                .filter(row -> row.split().belongsTo(source))
                .toList();
    }
}
