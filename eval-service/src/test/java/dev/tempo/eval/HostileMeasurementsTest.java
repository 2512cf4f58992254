package dev.tempo.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.eval.dashboard.RunHistory;
import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.messaging.Outgoing;
import dev.tempo.messaging.Wire;
import dev.tempo.messaging.letters.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

/** Well-formed records whose numbers lie, as the measuring loop receives them: a dead letter, or no harm to the measurement. */
class HostileMeasurementsTest {
    @TempDir
    Path directory;

    private Run run = RunBuilder.aRun("unused", Path.of("unused")).active();

    @BeforeEach
    void submit() {
        run = RunBuilder.aRun("r", directory)
                .measuredOn("a", 2)
                .withCriticQualityOn("a")
                .active();
    }

    private static HostileInputs lies(String reader) {
        return HostileInputs.of(reader)
                .lies()
                .refusedBy(JacksonException.class)
                .refusedBy(IllegalArgumentException.class)
                .refusedBy(RefusedException.class);
    }

    private static TrajectoryId id(int version, int question, int sample) {
        return new RequestId("r", version, Purpose.EVALUATION, 0, "a/q" + question).sample(sample);
    }

    private EvaluationPlanner planner() {
        EvaluationPlanner planner = new EvaluationPlanner(
                new EvalProperties(Duration.ofSeconds(60), Duration.ofMinutes(5), Map.of(), null, "tempo"),
                () -> Instant.EPOCH);
        planner.assigned(1);
        planner.caughtUp();
        planner.on(run);
        return planner;
    }

    private static int reports(EvaluationPlanner planner) {
        List<Outgoing<?>> outgoing = new ArrayList<>();
        for (int question = 0; question < 2; question++) {
            for (int sample = 0; sample < 2; sample++) {
                outgoing.addAll(planner.on(Verdicts.correct(id(0, question, sample), "0")));
                outgoing.addAll(planner.on(Verdicts.valued(id(0, question, sample), 0.5f)));
            }
        }
        return (int) outgoing.stream()
                .filter(sent -> sent.topic().equals(Topics.EVALUATION_REPORTS))
                .count();
    }

    @Test
    void verdictsAndValues() {
        lies("verdicts of a measurement")
                .seed(Wire.write(Verdicts.wrong(id(0, 1, 1), "7", true)))
                .seed(Wire.write(Verdicts.undecided(id(2, 0, 0))))
                .into(input -> {
                    JudgedTrajectory judged = Wire.read(JudgedTrajectory.class, input);
                    EvaluationPlanner planner = planner();
                    planner.on(RunBuilder.version(run, 0, Map.of()));
                    RefusedException refusal = null;
                    try {
                        planner.on(judged);
                    } catch (RefusedException refused) {
                        refusal = refused;
                    }
                    assertThat(reports(planner)).isOne();
                    if (refusal != null) {
                        throw refusal;
                    }
                    return judged;
                });
        lies("values of a measurement")
                .seed(Wire.write(Verdicts.valued(id(0, 1, 1), 0.25f)))
                .into(input -> {
                    ValuedTrajectory valued = Wire.read(ValuedTrajectory.class, input);
                    EvaluationPlanner planner = planner();
                    planner.on(RunBuilder.version(run, 0, Map.of()));
                    planner.on(valued);
                    assertThat(reports(planner)).isOne();
                    return valued;
                });
    }

    @Test
    void versions() {
        lies("policy versions, as the measuring loop hears of them")
                .seed(Wire.write(RunBuilder.version(run, 0, Map.of("loss", 0.5))))
                .seed(Wire.write(RunBuilder.version(run, 8, Map.of())))
                .into(input -> {
                    PolicyVersion version = Wire.read(PolicyVersion.class, input);
                    RunHistory history = new RunHistory();
                    history.on(run);
                    history.on(version);
                    List<Outgoing<?>> asked = planner().on(version);
                    boolean isPossible = version.version() <= run.recipe().rounds();
                    assertThat(history.journal(run).latestPolicy().isPresent()).isEqualTo(isPossible);
                    assertThat(asked.isEmpty())
                            .isEqualTo(!isPossible || !run.recipe().evaluates(version.version()));
                    for (Outgoing<?> sent : asked) {
                        for (Object message : sent.messages()) {
                            assertThat(!(message instanceof RolloutRequest) || isPossible)
                                    .isTrue();
                        }
                    }
                    if (!isPossible) {
                        throw new IllegalArgumentException("none of the run's");
                    }
                    return version;
                });
    }

    @Test
    void reports() {
        EvaluationPlanner planner = planner();
        planner.on(RunBuilder.version(run, 0, Map.of()));
        List<EvaluationReport> made = new ArrayList<>();
        for (int question = 0; question < 2; question++) {
            for (int sample = 0; sample < 2; sample++) {
                planner.on(Verdicts.valued(id(0, question, sample), 0.5f));
                planner.on(Verdicts.correct(id(0, question, sample), "0")).stream()
                        .filter(sent -> sent.topic().equals(Topics.EVALUATION_REPORTS))
                        .forEach(sent ->
                                made.add((EvaluationReport) sent.messages().get(0)));
            }
        }
        lies("evaluation reports").seed(Wire.write(made.get(0))).into(input -> {
            EvaluationReport report = Wire.read(EvaluationReport.class, input);
            EvaluationPlanner other = planner();
            other.on(report);
            List<Outgoing<?>> asked = other.on(RunBuilder.version(run, 2, Map.of()));
            assertThat(asked.isEmpty()).isEqualTo(report.version() == 2);
            RunHistory history = new RunHistory();
            history.on(run);
            history.on(report);
            boolean isPossible = report.version() <= run.recipe().rounds();
            assertThat(history.journal(run).reports()).hasSize(isPossible ? 1 : 0);
            return report;
        });
    }
}
