package dev.tempo.critic.kafka;

import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.critic.KnownRuns;
import dev.tempo.critic.Valuation;
import dev.tempo.critic.Valued;
import dev.tempo.messaging.NotYetException;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What any number of valuers listen to. */
@Configuration(proxyBeanMethods = false)
class ValuationListening {

    @Bean
    Subscription runs(Subscriptions subscriptions, KnownRuns known) {
        return subscriptions.everything(Topics.RUNS, known::on);
    }

    @Bean
    Subscription criticVersions(Subscriptions subscriptions, KnownRuns known) {
        return subscriptions.everything(Topics.CRITIC_VERSIONS, known::on);
    }

    @Bean
    Subscription valuing(Subscriptions subscriptions, Valuation valuation, Publisher publisher) {
        return subscriptions.inGroup(
                "critic-valuation",
                Topics.UNLABELED_TRAJECTORIES,
                trajectories -> send(publisher, Topics.VALUED_TRAJECTORIES, valuation.value(trajectories)));
    }

    @Bean
    Subscription votes(Subscriptions subscriptions, Valuation valuation, Publisher publisher) {
        return subscriptions.inGroup(
                "critic-votes",
                Topics.JUDGED_UNLABELED_TRAJECTORIES,
                voted -> send(publisher, Topics.VALUED_TRAJECTORIES, valuation.passOn(voted)));
    }

    @Bean
    Subscription valuingEvaluations(Subscriptions subscriptions, Valuation valuation, Publisher publisher) {
        return subscriptions.inGroup(
                "critic-evaluation-valuation",
                Topics.EVALUATION_TRAJECTORIES,
                trajectories -> send(
                        publisher, Topics.VALUED_EVALUATION_TRAJECTORIES, valuation.valueEvaluations(trajectories)));
    }

    private static void send(Publisher publisher, Topic<ValuedTrajectory> topic, Valued valued) {
        publisher.publishAll(topic, valued.rows());
        if (valued.waitingFor() != null) {
            throw new NotYetException(valued.waitingFor(), valued.done());
        }
    }
}
