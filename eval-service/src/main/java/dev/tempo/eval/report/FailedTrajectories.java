package dev.tempo.eval.report;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import java.util.Collection;
import java.util.Optional;

/**
 * The trajectories of a run that could not be generated or valued, by what they were for. A labeled one of a supervised round
 * counts for the policy and for the critic.
 *
 * @param policy in updates of the policy
 * @param critic in updates of the critic
 * @param measured in measurements
 */
record FailedTrajectories(int policy, int critic, int measured) {

    static FailedTrajectories of(
            Collection<PolicyVersion> policies,
            Collection<CriticVersion> critics,
            Collection<EvaluationReport> reports) {
        return new FailedTrajectories(
                policies.stream()
                        .mapToInt(version -> version.rows().getOrDefault("failed", 0))
                        .sum(),
                (int) critics.stream()
                        .mapToDouble(version -> version.statistics().getOrDefault("rows.failed", 0.0))
                        .sum(),
                reports.stream()
                        .flatMap(report -> report.sets().stream())
                        .mapToInt(set -> set.failed())
                        .sum());
    }

    boolean any() {
        return policy + critic + measured > 0;
    }

    /** What failed, in a sentence; empty where nothing did. */
    Optional<String> sentence() {
        return any()
                ? Optional.of("**Some trajectories failed**: " + policy + " in updates of the policy, " + critic
                        + " in those of the critic, " + measured
                        + " in measurements. They taught nothing and count in no"
                        + " score; the logs of rollout-service and critic-service say why.")
                : Optional.empty();
    }
}
