package dev.tempo.critic.kafka;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Topics;
import dev.tempo.critic.Bus;
import dev.tempo.critic.RunCritics;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.TrainerLoop;
import dev.tempo.messaging.TrainerLoops;
import dev.tempo.messaging.succession.PublicationFence;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The topics that the one trainer reads: judged labeled trajectories, and the heartbeat of policy versions. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class RecalibrationSubscriptions {

    @Bean
    TrainerLoop<JudgedTrajectory> trainerLoop(TrainerLoops loops, RunCritics critics, Publisher publisher) {
        return loops.on("critic-recalibration", Topics.JUDGED_LABELED_TRAJECTORIES, loop -> {
            Bus bus = new Bus(loop::generation, loop::ends, loop::rewind, publisher::publish);
            return new RecalibrationLoop(critics, bus, loop::log);
        });
    }

    @Bean
    Subscription runs(Subscriptions subscriptions, TrainerLoop<JudgedTrajectory> loop, RunCritics critics) {
        return subscriptions.runs(
                Topics.RUNS,
                Topics.RUN_ENDS,
                run -> loop.post(() -> critics.submitted(run)),
                () -> loop.post(critics::historyRead));
    }

    @Bean
    Subscription policyVersions(Subscriptions subscriptions, TrainerLoop<JudgedTrajectory> loop, RunCritics critics) {
        return subscriptions.everything(
                Topics.POLICY_VERSIONS, new PublicationFence<>(version -> loop.post(() -> critics.seen(version))));
    }

    @Bean
    CriticClock watch(TrainerLoop<JudgedTrajectory> loop, RunCritics critics, List<PendingValuation<?>> valuers) {
        return new CriticClock(loop, critics, valuers);
    }
}
