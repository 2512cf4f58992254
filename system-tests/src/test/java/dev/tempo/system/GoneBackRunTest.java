package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Topics;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run whose steps ruin its policy, so that trials find it worse and training goes back, through all services. */
@LongForm
@ExtendWith(SharedSystem.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class GoneBackRunTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String RECIPE = """
            extends: tiny.yaml
            name: back
            evaluation: {every: 100}
            promotion: {file: promotion-back.jsonl, id: id, samples: 2, step: 8, confidence: 0.8, margin: 0.3,
              passMargin: 0.3, malformedMargin: 0.1, lengthMargin: 0.3, goBackAfter: 1}
            stages:
              - {name: stage1, rounds: 1, criticWarmUp: 1, policy: {learningRate: 0.5}}
              - {name: test-time, rounds: 3, policy: {learningRate: 0.5}}
            """;

    private final List<PolicyVersion> versions = new CopyOnWriteArrayList<>();
    private final List<Promotion> promotions = new CopyOnWriteArrayList<>();

    @Test
    void trainingWaitsForItsTrialsAndGoesBackWithTheSameBitsThoughTrainerAndTrialAreKilled(RunningSystem system)
            throws Exception {
        Path recipe = Files.writeString(system.workload().directory().resolve("back.yaml"), RECIPE);
        system.workload().promotionQuestions("promotion-back.jsonl", 20, 52);
        system.connection().follow(Topics.POLICY_VERSIONS, versions::add);
        system.connection().follow(Topics.PROMOTIONS, promotions::add);

        Weights undisturbed = system.finished("back", recipe);

        assertThat(returns("back")).as("versions that training went back for").isNotEmpty();
        assertThat(returns("back")).isEqualTo(expected("back"));
        returns("back")
                .forEach((version, to) -> assertThat(undisturbed.policies().get(version))
                        .isEqualTo(undisturbed
                                .policies()
                                .getOrDefault(to, undisturbed.policies().get(version))));
        assertThat(new RunDirectory(system.directory("back")).report())
                .content()
                .contains("Training went back to a promoted version");
        assertThat(new RunDirectory(system.directory("back")).metrics())
                .content()
                .contains("\"wentBackTo\":");

        CompletableFuture<Weights> killed = CompletableFuture.supplyAsync(() -> system.finished("back-killed", recipe));
        Awaitility.await().atMost(PATIENCE).until(() -> newest("back-killed") >= 1);
        kill("dev.tempo.eval.EvalService");
        Awaitility.await().atMost(PATIENCE).until(() -> trials("back-killed").containsKey(1));
        kill("dev.tempo.policy.PolicyService");
        Awaitility.await().atMost(PATIENCE).until(() -> newest("back-killed") >= 3);
        kill("dev.tempo.policy.PolicyService");

        assertThat(killed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(undisturbed);
        assertThat(returns("back-killed")).isEqualTo(returns("back"));
        assertThat(trials("back-killed")).isEqualTo(trials("back"));
    }

    /** Kills a service, one that was killed before once it is there again. */
    private static void kill(String service) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> ServiceProcess.of(service).kill());
    }

    private int newest(String run) {
        return versions.stream()
                .filter(version -> version.run().equals(run))
                .mapToInt(PolicyVersion::version)
                .max()
                .orElse(-1);
    }

    /** To which version training went back, by the version that it made so. */
    private TreeMap<Integer, Integer> returns(String run) {
        TreeMap<Integer, Integer> returns = new TreeMap<>();
        for (PolicyVersion version : versions) {
            if (version.run().equals(run) && version.wentBackTo() != null) {
                returns.put(version.version(), version.wentBackTo());
            }
        }
        return returns;
    }

    private TreeMap<Integer, PromotionOutcome> trials(String run) {
        TreeMap<Integer, PromotionOutcome> trials = new TreeMap<>();
        for (Promotion promotion : promotions) {
            if (promotion.run().equals(run)) {
                trials.put(promotion.version(), promotion.outcome());
            }
        }
        return trials;
    }

    /** The same by the trials: each that finds a version worse is gone back after, but for the last version's. */
    private TreeMap<Integer, Integer> expected(String run) {
        TreeMap<Integer, Integer> expected = new TreeMap<>();
        int promoted = 0;
        TreeMap<Integer, PromotionOutcome> trials = trials(run);
        for (int version : trials.headMap(newest(run)).keySet()) {
            if (trials.get(version) == PromotionOutcome.PROMOTED) {
                promoted = version;
            } else if (trials.get(version) == PromotionOutcome.WORSE) {
                expected.put(version + 1, promoted);
            }
        }
        return expected;
    }
}
