package dev.tempo.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.Answer;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.kept.KeptRows;
import dev.tempo.messaging.Outgoing;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set with more questions than are held in memory: {@code -Dtempo.questions=2000000} for as many as data sets have. */
class LargeSetTest {
    private static final int QUESTIONS = Integer.getInteger("tempo.questions", KeptRows.HELD + 1_000);
    private static final long GROWTH = 48L << 20;

    @TempDir
    private Path directory;

    @Test
    void aSetThatLiesOnDiskIsMeasuredByOneSampleOfEachQuestion() throws IOException {
        Path file = directory.resolve("large.jsonl");
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int i = 0; i < QUESTIONS; i++) {
                lines.write(
                        "{\"id\": \"q%d\", \"question\": \"question %d\", \"answer\": \"%d\"}%n".formatted(i, i, i));
            }
        }
        Run run = RunBuilder.aRun("r", directory)
                .measuredOn("a", file)
                .samples(1)
                .alone()
                .active();
        EvaluationPlanner planner = new EvaluationPlanner(
                new EvalProperties(Duration.ofMinutes(1), Duration.ofMinutes(5), Map.of(), null, "tempo"),
                () -> Instant.EPOCH);
        planner.assigned(1);
        planner.caughtUp();
        planner.on(run);
        List<Answer> answers = of(Topics.EVALUATION_ANSWERS, planner.on(RunBuilder.version(run, 0, Map.of())));
        assertThat(answers.size()).isEqualTo(QUESTIONS);
        assertThat(answers.get(QUESTIONS - 1).answer()).isEqualTo("" + (QUESTIONS - 1));

        long before = 0;
        int judged = 0;
        int right = 0;
        List<EvaluationReport> reports = new ArrayList<>();
        Random order = new Random(5);
        List<RolloutRequest> asked = new ArrayList<>(of(Topics.EVALUATION_ROLLOUT_REQUESTS, planner.lookedBack()));
        while (!asked.isEmpty()) {
            Collections.shuffle(asked, order);
            for (RolloutRequest request : asked) {
                int number = Integer.parseInt(request.questionText().substring("question ".length()));
                TrajectoryId id = request.id().sample(0);
                reports.addAll(of(
                        Topics.EVALUATION_REPORTS,
                        planner.on(
                                number % 3 == 0
                                        ? Verdicts.correct(id, "" + number)
                                        : Verdicts.wrong(id, number % 3 == 1 ? "7" : null, false))));
                right += number % 3 == 0 ? 1 : 0;
                judged++;
                if (judged == QUESTIONS / 10) {
                    before = used();
                } else if (judged == QUESTIONS / 10 * 9) {
                    assertThat(used() - before).as("bytes of eight tenths").isLessThan(GROWTH);
                }
            }
            asked = new ArrayList<>(of(Topics.EVALUATION_ROLLOUT_REQUESTS, planner.next()));
        }

        assertThat(judged).isEqualTo(QUESTIONS);
        SetReport report = reports.get(0).sets().get(0);
        assertThat(report.questions()).isEqualTo(QUESTIONS);
        assertThat(report.avg().value()).isEqualTo((double) right / QUESTIONS);
        // the deviation of a mean of so many questions of which a third is right
        double deviation = Math.sqrt(2 / 9. / QUESTIONS);
        assertThat(report.avg().interval().low()).isCloseTo(1 / 3. - 1.96 * deviation, within(.2 * deviation));
        assertThat(report.avg().interval().high()).isCloseTo(1 / 3. + 1.96 * deviation, within(.2 * deviation));
        assertThat(report.malformed()).isCloseTo(1 / 3., within(1e-4));
        assertThat(report.distinctAnswers()).isCloseTo(2 / 3., within(1e-4));
        assertThat(report.avgByQuestion()).isEmpty();
        try (Stream<String> lines = Files.lines(directory.resolve("questions.jsonl"))) {
            assertThat(lines.count()).isEqualTo(QUESTIONS);
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @SuppressWarnings("unchecked") // by its topic
    private static <V> List<V> of(Topic<V> topic, List<Outgoing<?>> outgoing) {
        return outgoing.stream()
                .filter(one -> one.topic().equals(topic))
                .map(one -> (List<V>) one.messages())
                .findFirst()
                .orElse(List.of());
    }
}
