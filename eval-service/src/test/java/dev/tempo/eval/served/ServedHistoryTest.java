package dev.tempo.eval.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.eval.RunBuilder;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedHistoryTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path directory;

    private final List<ServedAnswer> answers = new ArrayList<>();

    @BeforeEach
    void twoHundredAnswersOfWhichTheSecondHundredIsRight() {
        for (int i = 0; i < 200; i++) {
            answers.add(new ServedAnswer(NOON.plusSeconds(i), "q" + i, i < 150 ? 0 : 2, i >= 100, i < 120 ? 1 : 2));
        }
    }

    @Test
    void aPointIsTheShareOfRightOnesAmongTheLatestHundred() {
        ServedHistory history = history(List.of());

        assertThat(history.answers()).isEqualTo(200);
        assertThat(history.first()).isZero();
        assertThat(history.latest()).isEqualTo(1);
        // from the 20th answer, at 19 seconds, to the 200th
        assertThat(history.curve()).hasSize(181);
        assertThat(history.curve().get(0)).isEqualTo(new ServedHistory.Point(19, 0));
        // the 150th: 50 of the latest 100 are right
        assertThat(history.curve().get(130)).isEqualTo(new ServedHistory.Point(149, .5));
        assertThat(history.curve().get(180)).isEqualTo(new ServedHistory.Point(199, 1));
    }

    @Test
    void whoAnsweredIsToldInTheOrderOfTheFirstAnswers() {
        assertThat(history(List.of()).versions())
                .extracting(ServedHistory.Share::version, ServedHistory.Share::answers, ServedHistory.Share::right)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, 150, 50),
                        org.assertj.core.groups.Tuple.tuple(2, 50, 50));
    }

    @Test
    void aTrialIsMarkedAtTheFirstAnswerThatWasAskedForAfterIt() {
        ServedHistory history = history(List.of(
                promotion(0, 0, PromotionOutcome.PROMOTED, List.of()),
                promotion(
                        1,
                        2,
                        PromotionOutcome.WORSE,
                        List.of(
                                new Promotion.Comparison("pass", .9, .9, .1, .9, .1),
                                new Promotion.Comparison("avg", .25, .5, .05, 0, .99))),
                promotion(2, 3, PromotionOutcome.UNDECIDED, List.of())));

        assertThat(history.promotions().get(0).seconds()).isZero();
        assertThat(history.promotions().get(0).candidate()).isNull();
        ServedHistory.Tried worse = history.promotions().get(1);
        assertThat(worse.seconds()).isEqualTo(120);
        assertThat(worse.candidate()).isEqualTo(.25);
        assertThat(worse.promoted()).isEqualTo(.5);
        assertThat(worse.name()).endsWith("(v2)");
        assertThat(history.promotions().get(2).seconds()).isNull();
    }

    @Test
    void aTrialShowsWhatTheCriticMadeOfBothVersionsOnChats() {
        Promotion.ShadowComparison value = new Promotion.ShadowComparison("value", 40, .5, .375, .0625, .1875);
        Promotion.ShadowComparison verdict = new Promotion.ShadowComparison("verdict", 40, 1, 0, 1, 1);
        ModelReference model = new ModelReference("file:/v", "0".repeat(64));
        Promotion beside = new Promotion(
                "r",
                1,
                2,
                PromotionOutcome.WORSE,
                0,
                model,
                32,
                0,
                List.of(),
                List.of(verdict, value),
                null,
                "why",
                1L);
        ServedHistory history = history(List.of(promotion(0, 0, PromotionOutcome.PROMOTED, List.of()), beside));
        assertThat(history.promotions()).extracting(ServedHistory.Tried::shadow).containsExactly(null, value);
    }

    @Test
    void aStopCountsAsAMinute() {
        answers.add(new ServedAnswer(NOON.plusSeconds(10_000), "q", 2, false, 2));

        List<ServedHistory.Point> curve = history(List.of()).curve();
        assertThat(curve.get(curve.size() - 1)).isEqualTo(new ServedHistory.Point(259, .99));
    }

    @Test
    void aLongHistoryHasNoMorePointsThanAPageShows() {
        for (int i = 200; i < 5_000; i++) {
            answers.add(new ServedAnswer(NOON.plusSeconds(i), "q", 2, true, 2));
        }
        List<ServedHistory.Point> curve = history(List.of()).curve();
        assertThat(curve).hasSizeBetween(550, 650);
        assertThat(curve.get(curve.size() - 1).seconds()).isCloseTo(4_999, within(1e-9));
    }

    @Test
    void whatIsTornIsLeftOutAndTheNextAnswerIsNotSwallowed() throws IOException {
        Path file = directory.resolve("served.jsonl");
        assertThat(new ServedAnswers(file).all()).isEmpty();
        new ServedAnswers(file).add(answers.get(0));
        Files.writeString(file, "{\"at\":\"2026-01-01T12:0", StandardOpenOption.APPEND);

        ServedAnswers afterwards = new ServedAnswers(file);
        afterwards.add(answers.get(1));
        afterwards.add(answers.get(199));

        assertThat(afterwards.all()).containsExactly(answers.get(0), answers.get(1), answers.get(199));
    }

    @Test
    void aRunIsReadFromItsDirectory() throws IOException {
        Run run = RunBuilder.aRun("r", directory)
                .measuredOn("holdout", 1)
                .promoting(120, 60)
                .active();
        assertThat(ServedHistory.of(run).answers()).isZero();
        RunDirectory files = RunDirectory.of(run);
        Files.createDirectories(files.path());
        ServedAnswers served = new ServedAnswers(files.served());
        served.add(answers.get(0));
        served.add(new ServedAnswer(NOON, "q", 1_000, true, 1));
        Promotion promoted = promotion(0, 0, PromotionOutcome.PROMOTED, List.of());
        files.promotions().takeOver(1).announce(0, Wire.write(promoted));

        ServedHistory history = ServedHistory.of(run);

        // one of a version that the recipe cannot have is nobody's
        assertThat(history.answers()).isEqualTo(1);
        assertThat(history.latest()).isNull();
        assertThat(history.promotions()).hasSize(1);
    }

    private ServedHistory history(List<Promotion> promotions) {
        return ServedHistory.of(
                RunBuilder.aRun("r", directory)
                        .measuredOn("holdout", 1)
                        .active()
                        .recipe(),
                answers,
                promotions);
    }

    private static Promotion promotion(
            int number, int version, PromotionOutcome outcome, List<Promotion.Comparison> comparisons) {
        ModelReference model = new ModelReference("file:/v", "0".repeat(64));
        return new Promotion("r", number, version, outcome, null, model, 32, 0, comparisons, null, "why", 1L);
    }
}
