package dev.tempo.critic.kafka;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.critic.CriticVersions;
import dev.tempo.critic.Valuation;
import dev.tempo.messaging.FullSubscription;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.succession.PublicationFence;
import dev.tempo.runs.KnownRuns;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The topics that any number of valuers read. */
@Configuration(proxyBeanMethods = false)
class ValuationSubscriptions {

    @Bean
    PendingValuation<Trajectory> unlabeledValuation(
            Subscriptions subscriptions, Valuation valuation, Publisher publisher) {
        return new PendingValuation<>(
                valuation::value,
                Valuation::failed,
                subscriptions.refusals("critic-valuation", Topics.UNLABELED_TRAJECTORIES),
                publisher,
                Topics.VALUED_TRAJECTORIES);
    }

    @Bean
    PendingValuation<JudgedTrajectory> voteValuation(
            Subscriptions subscriptions, Valuation valuation, Publisher publisher) {
        return new PendingValuation<>(
                valuation::passOn,
                (voted, reason) -> Valuation.failed(voted.trajectory(), reason),
                subscriptions.refusals("critic-votes", Topics.JUDGED_UNLABELED_TRAJECTORIES),
                publisher,
                Topics.VALUED_TRAJECTORIES);
    }

    @Bean
    PendingValuation<Trajectory> evaluationValuation(
            Subscriptions subscriptions, Valuation valuation, Publisher publisher) {
        return new PendingValuation<>(
                valuation::valueEvaluations,
                Valuation::failed,
                subscriptions.refusals("critic-evaluation-valuation", Topics.EVALUATION_TRAJECTORIES),
                publisher,
                Topics.VALUED_EVALUATION_TRAJECTORIES);
    }

    @Bean
    Subscription unlabeledTrajectories(Subscriptions subscriptions, PendingValuation<Trajectory> unlabeledValuation) {
        return subscriptions.withLowWaterMark("critic-valuation", Topics.UNLABELED_TRAJECTORIES, unlabeledValuation);
    }

    @Bean
    Subscription votes(Subscriptions subscriptions, PendingValuation<JudgedTrajectory> voted) {
        return subscriptions.withLowWaterMark("critic-votes", Topics.JUDGED_UNLABELED_TRAJECTORIES, voted);
    }

    @Bean
    Subscription evaluationTrajectories(Subscriptions subscriptions, PendingValuation<Trajectory> evaluationValuation) {
        return subscriptions.withLowWaterMark(
                "critic-evaluation-valuation", Topics.EVALUATION_TRAJECTORIES, evaluationValuation);
    }

    @Bean
    Subscription valuationRuns(Subscriptions subscriptions, KnownRuns known, List<PendingValuation<?>> valuers) {
        FullSubscription<Run> announced = subscriptions.runs(
                Topics.RUNS,
                Topics.RUN_ENDS,
                run -> {
                    known.on(run);
                    valuers.forEach(PendingValuation::lookAgain);
                },
                known::caughtUp);
        known.readBy(announced::readToPresentEnd);
        return announced;
    }

    @Bean
    Subscription criticVersionSubscription(
            Subscriptions subscriptions, CriticVersions known, List<PendingValuation<?>> valuers) {
        return subscriptions.everything(Topics.CRITIC_VERSIONS, new PublicationFence<CriticVersion>(version -> {
            known.on(version);
            valuers.forEach(PendingValuation::lookAgain);
        }));
    }
}
