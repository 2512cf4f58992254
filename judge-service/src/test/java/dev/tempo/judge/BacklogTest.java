package dev.tempo.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Answer;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Trajectory;
import dev.tempo.judging.Judges;
import dev.tempo.judging.RunBuilder;
import dev.tempo.judging.model.ChatServer;
import dev.tempo.judging.model.ModelJudge;
import dev.tempo.plugin.Outcome;
import dev.tempo.runs.KnownRuns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand verdicts of a judge model, a poll at a time, by more threads than the endpoint may see. */
class BacklogTest {
    private static final int VERDICTS = 10_000;
    private static final int POLL = 500;
    private static final int CONCURRENCY = 6;
    private static final int PER_SECOND = 4_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path cache;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ChainExecutor executor =
            new ChainExecutor(24, SECOND, new VerdictMeter(meters), InstantSource.system());

    @Test
    void aBacklogDrainsInOrderWithinRateAndConcurrencyAndMemory() {
        ChatServer.Behaviour honest = ChatServer.honest();
        try (ChatServer server = new ChatServer(honest);
                ModelJudge judge = new ModelJudge(
                        "model",
                        ChatServer.settings(server.baseUrl(), cache, 0, PER_SECOND, CONCURRENCY),
                        name -> null,
                        meters,
                        InstantSource.system());
                executor) {
            TrajectoryJudge judging = judging(judge);
            List<JudgedTrajectory> judged = new ArrayList<>();
            for (int from = 0; from < VERDICTS; from += POLL) {
                judged.addAll(drained(judging, poll(from)));
                assertThat(server.calls()).as("nothing past the poll was asked").isEqualTo(2 * (from + POLL));
            }

            assertThat(judged)
                    .extracting(row -> row.trajectory().id().sample())
                    .containsExactlyElementsOf(
                            IntStream.range(0, VERDICTS).boxed().toList());
            assertThat(judged)
                    .allSatisfy(row -> assertThat(row.verdict().outcome())
                            .isEqualTo(row.trajectory().response().equals("odd 7") ? Outcome.CORRECT : Outcome.WRONG));
            assertThat(server.mostInFlight()).isLessThanOrEqualTo(CONCURRENCY);
            // A second touches eleven tenths of one, and what was permitted before it may arrive within it.
            assertThat(server.mostWithin(SECOND)).isLessThanOrEqualTo(PER_SECOND / 10 * 11 + CONCURRENCY);
        }
    }

    private TrajectoryJudge judging(ModelJudge judge) {
        KnownRuns runs = new KnownRuns(Duration.ZERO, InstantSource.system());
        runs.on(RunBuilder.aRun("r")
                .judgedBy(Map.of("default", List.of("model")))
                .active());
        Answers answers = new Answers();
        answers.on(new Answer("r", Purpose.LABELED, "q", "Q?", "odd 7", "default"));
        return new TrajectoryJudge(runs, answers, new Judges(List.of(judge)), executor);
    }

    private static List<JudgedTrajectory> drained(TrajectoryJudge judging, List<Trajectory> poll) {
        List<JudgedTrajectory> judged = new ArrayList<>();
        List<Trajectory> left = poll;
        while (!left.isEmpty()) {
            Judged some = judging.judge(left);
            judged.addAll(some.judged());
            left = left.subList(some.done(), left.size());
        }
        return judged;
    }

    private static List<Trajectory> poll(int from) {
        return IntStream.range(from, from + POLL)
                .mapToObj(i -> Rollouts.ended(Rollouts.labeled("r", "q").sample(i), "odd " + i))
                .toList();
    }
}
