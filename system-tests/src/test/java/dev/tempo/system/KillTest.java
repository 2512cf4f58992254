package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.standalone.launch.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Kills parts of the system at the moments that matter. A moment can be missed when the run is faster than this test; then
 * it is tried in the next round, and in another run, a few times.
 */
@ExtendWith(SharedSystem.class)
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class KillTest {
    private static final int RUNS = 6;
    private static final int ROUNDS = TinyWorkload.VERSIONS - 1;
    private static final int ROWS_OF_A_ROUND = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private enum Moment {
        A_WORKER_HOLDS_UNACCEPTED_REQUESTS,
        THE_CRITIC_IS_AT_WORK,
        HALF_A_ROUND_IS_BUFFERED,
        BETWEEN_CHECKPOINT_AND_PUBLICATION
    }

    @Test
    void whateverIsKilledWheneverTheWeightsAreThoseOfTheUndisturbedRun(RunningSystem system) throws Exception {
        Weights undisturbed = system.reference();
        Set<Moment> hit = EnumSet.noneOf(Moment.class);

        for (int attempt = 1; attempt <= RUNS && hit.size() < Moment.values().length; attempt++) {
            String run = "killed-" + attempt;
            CompletableFuture<Weights> weights = CompletableFuture.supplyAsync(
                    () -> system.finished(run, system.workload().recipe()));
            Killer killer = new Killer(system, run, hit, weights);
            killer.work(attempt);
            assertThat(weights.get()).as("weights of run %s", run).isEqualTo(undisturbed);
            assertThat(system.records().scores(run))
                    .as("measurements of run %s", run)
                    .isEqualTo(system.records().scores("undisturbed"));
            assertThat(system.records().otherwise(run))
                    .as("records of one id and two contents")
                    .isEmpty();
            killer.confirm();
        }

        assertThat(hit).containsExactlyInAnyOrder(Moment.values());
    }

    /** Goes through one run, round by round, looking for moments that were not hit yet. */
    private static final class Killer {
        private final RunningSystem system;
        private final String run;
        private final Set<Moment> hit;
        private final CompletableFuture<Weights> running;
        private int unpublished = -1;

        Killer(RunningSystem system, String run, Set<Moment> hit, CompletableFuture<Weights> running) {
            this.system = system;
            this.run = run;
            this.hit = hit;
            this.running = running;
        }

        void work(int attempt) throws IOException {
            if (!hit.contains(Moment.A_WORKER_HOLDS_UNACCEPTED_REQUESTS)) {
                killTheWorker(attempt % 2 == 0);
            }
            if (hit.add(Moment.THE_CRITIC_IS_AT_WORK)) {
                await(() -> newest() >= 1);
                ServiceProcess.of("dev.tempo.critic.CriticService").kill();
            }
            for (int round = TinyWorkload.FIRST_OF_TEST_TIME; round < ROUNDS; round++) {
                if (!hit.contains(Moment.HALF_A_ROUND_IS_BUFFERED)) {
                    killThePolicyWithHalfARound(round);
                } else if (!hit.contains(Moment.BETWEEN_CHECKPOINT_AND_PUBLICATION) && unpublished < 0) {
                    killThePolicyBeforeItPublishes(round);
                }
            }
        }

        /** What can only be told once everything has been seen. */
        void confirm() {
            if (unpublished >= 0 && publications(unpublished) == 1) {
                hit.add(Moment.BETWEEN_CHECKPOINT_AND_PUBLICATION);
            }
        }

        /**
         * A worker takes the twelve questions of a measurement at once, answers four samples at a time and accepts all
         * twelve in the end: after the first answer it holds every one of them. On a busy machine that answer is seen too late, so
         * every second time the worker is killed as soon as it has been asked.
         */
        private void killTheWorker(boolean whenAsked) throws IOException {
            ServiceProcess worker = ServiceProcess.of("dev.tempo.rollout.RolloutService");
            await(() -> whenAsked
                    ? system.records().evaluationRequests(run, 0).size() == 12
                    : !system.records().trajectories(run, 0, Purpose.EVALUATION).isEmpty());
            worker.kill();
            Set<RequestId> answered = new HashSet<>();
            system.records().trajectories(run, 0, Purpose.EVALUATION).forEach(id -> answered.add(id.request()));
            List<RequestId> asked = system.records().evaluationRequests(run, 0);
            await(() ->
                    system.records().trajectories(run, 0, Purpose.EVALUATION).size() == 12 * 4);
            // Asked once, so what was answered after the worker's death was delivered again.
            if (answered.size() < asked.size()
                    && system.records().evaluationRequests(run, 0).size() == 12
                    && isTakenAgain()) {
                hit.add(Moment.A_WORKER_HOLDS_UNACCEPTED_REQUESTS);
            }
        }

        private boolean isTakenAgain() throws IOException {
            return system.log(Service.ROLLOUT)
                    .lines()
                    .anyMatch(line -> line.contains("taken again") && line.contains("key=\"" + run + "/"));
        }

        private void killThePolicyWithHalfARound(int round) {
            await(() -> !system.records()
                    .trajectories(run, round, Purpose.UNLABELED)
                    .isEmpty());
            ServiceProcess worker = ServiceProcess.of("dev.tempo.rollout.RolloutService");
            worker.freeze();
            try {
                Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> policyHoldsHalfOf(round));
                ServiceProcess.of("dev.tempo.policy.PolicyService").kill();
                hit.add(Moment.HALF_A_ROUND_IS_BUFFERED);
            } catch (ConditionTimeoutException missed) {
                assertThat(hit).doesNotContain(Moment.HALF_A_ROUND_IS_BUFFERED);
            } finally {
                worker.thaw();
            }
        }

        /** By the service's own word: it waits for some rows of the round, but not for all of them. */
        private boolean policyHoldsHalfOf(int round) {
            String health = system.get(Service.POLICY, "/actuator/health").orElse("");
            for (int missing = 1; missing < ROWS_OF_A_ROUND; missing++) {
                if (health.contains(
                        "\"run " + run + "\":\"round " + round + " waits for " + missing + " unlabeled rows")) {
                    return true;
                }
            }
            return false;
        }

        /**
         * With the broker frozen the trainer can write its checkpoint but publish nothing. Then both are killed, so that not
         * even what is on its way to the broker arrives.
         */
        private void killThePolicyBeforeItPublishes(int round) {
            await(() -> system.records().valued(run, round).size() == ROWS_OF_A_ROUND);
            ServiceProcess broker = ServiceProcess.of("dev.tempo.standalone.broker.BrokerProcess");
            ServiceProcess policy = ServiceProcess.of("dev.tempo.policy.PolicyService");
            broker.freeze();
            try {
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(20))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> checkpointed() == round + 1);
                if (newest() == round) {
                    policy.kill();
                    broker.kill();
                    unpublished = round + 1;
                }
            } catch (ConditionTimeoutException missed) {
                assertThat(unpublished).isNegative();
            } finally {
                broker.thaw();
            }
        }

        private int checkpointed() {
            Path checkpoint = system.directory(run).resolve("checkpoints/policy/checkpoint.safetensors");
            return Integer.parseInt(PolicyTrainer.notes(checkpoint).getOrDefault("version", "-1"));
        }

        private int newest() {
            return system.records().policies(run).stream()
                    .mapToInt(PolicyVersion::version)
                    .max()
                    .orElse(-1);
        }

        private long publications(int version) {
            return system.records().policies(run).stream()
                    .filter(published -> published.version() == version)
                    .count();
        }

        private void await(Callable<Boolean> condition) {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(5))
                    .pollDelay(Duration.ZERO)
                    .atMost(PATIENCE)
                    .until(() -> condition.call() || running.isDone());
        }
    }
}
