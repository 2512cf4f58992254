package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.algorithm.GuardedVote;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.eval.report.Summary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The baselines are recipes over the same services: each runs from the shared first stage to its end. */
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class BaselinesTest {
    private static final String GROUP =
            "recalibration: none, advantage: {baseline: group, whitening: false}, rounds: 2";

    @Test
    void aMajorityVoteRewardsAgreementWithoutAnyAnswer(RunningSystem system) throws IOException {
        run(system, "majority-vote", "reward: majority-vote, " + GROUP);

        assertThat(rewards(system, "majority-vote")).hasSize(2 * 16).allMatch(reward -> reward == 0 || reward == 1);
        assertThat(system.records().votes("majority-vote"))
                .hasSize(2 * 16)
                .allSatisfy(vote -> assertThat(vote.verdict().judge()).isNotEqualTo("block-inversion"));
    }

    @LongForm
    @Test
    void aClusterShareIsTheShareOfSamplesWithTheSameAnswer(RunningSystem system) throws IOException {
        run(system, "cluster-share", "reward: cluster-share, " + GROUP);

        assertThat(rewards(system, "cluster-share")).hasSize(2 * 16).allMatch(reward -> reward * 4 % 1 == 0);
    }

    @Test
    void aSelectiveVoteGivesEqualAnswersEqualRewardsAndNoAnswerMinusOne(RunningSystem system) throws IOException {
        run(system, "selective-vote", "reward: selective-vote, " + GROUP);

        List<JudgedTrajectory> votes = system.records().votes("selective-vote");
        Map<String, Set<Double>> byAnswer = new TreeMap<>();
        for (JudgedTrajectory vote : votes) {
            byAnswer.computeIfAbsent(
                            vote.trajectory().id().request() + " "
                                    + vote.verdict().answer(),
                            first -> new HashSet<>())
                    .add(Objects.requireNonNull(vote.verdict().reward()));
        }
        assertThat(votes).hasSize(2 * 16);
        assertThat(byAnswer)
                .allSatisfy((answer, rewards) -> assertThat(rewards).hasSize(1))
                .anySatisfy((answer, rewards) -> assertThat(rewards).allMatch(reward -> reward * 4 % 1 != 0));
        assertThat(votes)
                .filteredOn(vote -> vote.verdict().answer() == null)
                .allSatisfy(vote -> assertThat(vote.verdict().reward()).isEqualTo(-1));
        assertThat(rewards(system, "selective-vote"))
                .containsExactlyInAnyOrderElementsOf(
                        votes.stream().map(vote -> vote.verdict().reward()).toList());
    }

    @LongForm
    @Test
    void aMeanLogProbabilityIsThatOfThePolicysOwnTokens(RunningSystem system) throws IOException {
        run(system, "mean-log-probability", "reward: mean-log-probability, " + GROUP);

        assertThat(system.records().valued("mean-log-probability"))
                .hasSize(2 * 16)
                .allSatisfy(row -> {
                    Trajectory trajectory = row.trajectory();
                    double mean = IntStream.range(0, trajectory.logProbs().length())
                            .filter(token -> !trajectory.environment().writtenByEnvironment(token))
                            .mapToDouble(trajectory.logProbs()::get)
                            .average()
                            .orElse(0);
                    assertThat(row.reward()).isCloseTo(mean, within(1e-9));
                });
    }

    @Test
    void aGuardedVoteKnowsHowEachQuestionWasVotedOnBefore(RunningSystem system) throws IOException {
        run(
                system,
                "guarded-vote",
                "reward: guarded-vote, recalibration: none, advantage: {baseline: none, whitening: false},"
                        + " questions: 12, rounds: 2");

        Map<String, TreeMap<Integer, List<JudgedTrajectory>>> questions =
                system.records().votes("guarded-vote").stream()
                        .sorted(Comparator.comparing(vote -> vote.trajectory().id()))
                        .collect(Collectors.groupingBy(
                                vote -> vote.trajectory().id().request().question(),
                                Collectors.groupingBy(
                                        vote -> vote.trajectory().id().request().round(),
                                        TreeMap::new,
                                        Collectors.toList())));
        assertThat(questions).hasSize(12).allSatisfy((question, rounds) -> {
            assertThat(rounds).hasSize(2);
            List<List<String>> earlier = new ArrayList<>();
            rounds.values().forEach(votes -> {
                List<String> answers =
                        votes.stream().map(vote -> vote.verdict().answer()).collect(Collectors.toList());
                assertThat(votes.stream().map(vote -> vote.verdict().reward()))
                        .containsExactlyElementsOf(Arrays.stream(new GuardedVote(String::equals)
                                        .count(earlier, answers, 1)
                                        .rewards())
                                .boxed()
                                .toList());
                earlier.add(answers);
            });
        });
        assertThat(rewards(system, "guarded-vote")).hasSize(2 * 48).anyMatch(reward -> reward < 0);
    }

    @LongForm
    @Test
    void theCriticsRewardCanBeTheLeastOfItsLastValues(RunningSystem system) throws IOException {
        run(system, "least", "lastValues: 3, rounds: 2");

        assertThat(system.records().valued("least"))
                .filteredOn(row -> row.trajectory().id().request().purpose() == Purpose.UNLABELED)
                .hasSize(2 * 16)
                .allSatisfy(row -> {
                    int last = row.values().length() - 1;
                    double least = IntStream.rangeClosed(Math.max(1, last - 2), last)
                            .mapToDouble(row.values()::get)
                            .min()
                            .orElseThrow();
                    assertThat(row.reward()).isEqualTo(least);
                })
                .anySatisfy(row -> assertThat(row.reward())
                        .isLessThan((double) row.values().get(row.values().length() - 1)));
    }

    @Test
    void aFrozenCriticStaysTheOneOfTheFirstStage(RunningSystem system) throws IOException {
        run(system, "frozen", "recalibration: never, rounds: 2");

        assertThat(Set.copyOf(system.records().weights("frozen").critics().values()))
                .hasSize(1);
        assertThat(system.records().critics("frozen")).noneMatch(version -> version.recalibrated());
    }

    @LongForm
    @Test
    void supervisedTrainingCanGoOnInTheSecondStage(RunningSystem system) throws IOException {
        run(system, "continued", "questionsFrom: labeled, reward: verdict, recalibration: none, samples: 2, rounds: 2");

        assertThat(rewards(system, "continued")).hasSize(2 * 8).allMatch(reward -> reward == 0 || reward == 1);
        assertThat(system.records().critics("continued").get(1).model().sha256())
                .isNotEqualTo(
                        system.records().critics("continued").get(0).model().sha256());
    }

    private static void run(RunningSystem system, String name, String fields) throws IOException {
        system.reference();
        Weights weights = system.finishedFromCache(name, system.workload().variant(name, fields));

        assertThat(weights.policies()).containsOnlyKeys(2, 3, 4);
        assertThat(weights.policies().values()).doesNotHaveDuplicates();
        assertThat(ReportWriter.read(system.directory(name)).stages())
                .extracting(Summary.StageSummary::name)
                .containsExactly("base", "stage1 round 2 of 2", "test-time round 2 of 2");
    }

    private static List<Double> rewards(RunningSystem system, String run) {
        return system.records().valued(run).stream()
                .map(ValuedTrajectory::reward)
                .filter(Objects::nonNull)
                .toList();
    }
}
