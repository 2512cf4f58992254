package dev.tempo.policy.kafka;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.Topics;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.messaging.PublishException;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.TrainerLoop;
import dev.tempo.messaging.TrainerLoops;
import dev.tempo.policy.TrainingRuns;
import dev.tempo.policy.TrialVerdict;
import dev.tempo.policy.arrival.Arrival;
import dev.tempo.policy.http.QuestionIntake;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The topics that this service reads: the runs, and the valued trajectories of which one instance at a time trains. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class PolicySubscriptions {
    private static final Duration ACKNOWLEDGED = Duration.ofSeconds(10);

    @Bean
    TrainerLoop<ValuedTrajectory> trainerLoop(TrainerLoops loops, TrainingRuns runs, Publisher publisher) {
        return loops.on(
                "policy-training",
                Topics.VALUED_TRAJECTORIES,
                loop -> new RefiningTrainer(runs, new Reactions(loop, publisher)));
    }

    @Bean
    Reactions reactions(TrainerLoop<ValuedTrajectory> loop, Publisher publisher) {
        return new Reactions(loop, publisher);
    }

    @Bean
    Subscription runs(Subscriptions subscriptions, TrainingRuns training, Reactions reactions) {
        return subscriptions.runs(
                Topics.RUNS,
                Topics.RUN_ENDS,
                run -> reactions.post(ends -> training.submitted(run, ends)),
                () -> reactions.post(training::historyRead));
    }

    /**
     * What became of versions in their trials. Of a record's evidence training hears nothing: this class alone sees it (LabelWallTest).
     */
    @Bean
    Subscription promotions(Subscriptions subscriptions, TrainingRuns training, Reactions reactions) {
        return subscriptions.everything(Topics.PROMOTIONS, promotion -> {
            TrialVerdict verdict = new TrialVerdict(
                    promotion.run(),
                    promotion.number(),
                    promotion.version(),
                    promotion.outcome(),
                    promotion.wish() != null);
            reactions.post(ends -> training.concluded(verdict));
        });
    }

    /** Each question is hashed on the reading thread; the training hears of no text. */
    @Bean
    Subscription arrivingQuestions(Subscriptions subscriptions, TrainingRuns training, Reactions reactions) {
        return subscriptions.everythingWithPlace(
                Topics.ARRIVING_QUESTIONS,
                log -> reactions.post(ends -> training.arrivingFrom(log)),
                received -> {
                    Arrival arrival = Arrival.of(received.message(), received.offset());
                    reactions.post(ends -> training.arrived(arrival));
                },
                () -> reactions.post(ends -> training.arrivalsRead()));
    }

    /** Whoever sends questions waits no longer than that for the broker. */
    @Bean
    QuestionIntake questionIntake(Publisher publisher) {
        return new QuestionIntake(publisher::isReady, questions -> isWritten(publisher, questions));
    }

    private static boolean isWritten(Publisher publisher, List<ArrivingQuestion> questions) {
        try {
            publisher.publishWithin(ACKNOWLEDGED, Topics.ARRIVING_QUESTIONS, questions);
            return true;
        } catch (PublishException unacknowledged) {
            return false;
        }
    }

    @Bean
    PolicyClock policyClock(TrainingRuns runs, Reactions reactions) {
        return new PolicyClock(runs, reactions);
    }
}
