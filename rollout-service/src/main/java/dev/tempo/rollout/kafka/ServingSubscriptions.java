package dev.tempo.rollout.kafka;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Topics;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.service.ServiceHealth;
import dev.tempo.messaging.succession.PublicationFence;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.rollout.Environments;
import dev.tempo.rollout.RolloutProperties;
import dev.tempo.rollout.serving.AnnouncedVersions;
import dev.tempo.rollout.serving.RolloutServingProperties;
import dev.tempo.serving.http.ServingServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoint of a service that is given a port for it, and the topics that it knows the versions from. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("tempo.rollout.serving.port")
@EnableConfigurationProperties(RolloutServingProperties.class)
class ServingSubscriptions {

    @Bean
    AnnouncedVersions announcedVersions(RolloutServingProperties properties, RolloutProperties rollouts) {
        return new AnnouncedVersions(properties.run(), properties.name(), Environments.of(rollouts.environments()));
    }

    @Bean
    Subscription servedRuns(Subscriptions subscriptions, AnnouncedVersions versions) {
        return subscriptions.runs(Topics.RUNS, Topics.RUN_ENDS, versions::on, () -> versions.caughtUpWith(Topics.RUNS));
    }

    @Bean
    Subscription servedVersions(Subscriptions subscriptions, AnnouncedVersions versions, InstantSource clock) {
        PublicationFence<PolicyVersion> fence =
                new PublicationFence<>(version -> versions.on(version, clock.instant()));
        return subscriptions.everything(
                Topics.POLICY_VERSIONS, fence::accept, () -> versions.caughtUpWith(Topics.POLICY_VERSIONS));
    }

    @Bean
    Subscription servedPromotions(Subscriptions subscriptions, AnnouncedVersions versions, InstantSource clock) {
        return subscriptions.everything(
                Topics.PROMOTIONS,
                promotion -> versions.on(promotion, clock.instant()),
                () -> versions.caughtUpWith(Topics.PROMOTIONS));
    }

    @Bean
    ServingServer servingServer(
            RolloutServingProperties properties,
            AnnouncedVersions versions,
            ComputeDevice device,
            MeterRegistry meters) {
        return ServingServer.start(properties.settings(device), versions, meters);
    }

    /** DOWN while the version that is to answer cannot be loaded, whichever answers meanwhile. */
    @Bean
    HealthIndicator servingHealthIndicator(ServingServer server) {
        return () -> {
            ServiceHealth health = ServiceHealth.up();
            server.refused().forEach((version, why) -> {
                String reason = "cannot be loaded: " + why;
                if (server.served().filter(version::equals).isPresent()) {
                    health.down(version, reason);
                } else {
                    health.detail(version, reason);
                }
            });
            server.learned().forEach((outcome, count) -> health.detail("questions of chats, " + outcome, count));
            server.learningProblem().ifPresent(why -> health.detail("questions of chats", "not handed over: " + why));
            return health.detail("answers", server.answering().orElse("none")).answer();
        };
    }
}
