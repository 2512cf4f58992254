package dev.tempo.rollout.kafka;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Topics;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.succession.PublicationFence;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.rollout.Environments;
import dev.tempo.rollout.RolloutProperties;
import dev.tempo.rollout.serving.AnnouncedVersions;
import dev.tempo.rollout.serving.RolloutServingProperties;
import dev.tempo.serving.http.ServingServer;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
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
        return subscriptions.runs(Topics.RUNS, Topics.RUN_ENDS, versions::on, () -> {});
    }

    @Bean
    Subscription servedVersions(Subscriptions subscriptions, AnnouncedVersions versions, InstantSource clock) {
        PublicationFence<PolicyVersion> fence =
                new PublicationFence<>(version -> versions.on(version, clock.instant()));
        return subscriptions.everything(Topics.POLICY_VERSIONS, fence::accept);
    }

    @Bean
    ServingServer servingServer(RolloutServingProperties properties, AnnouncedVersions versions, ComputeDevice device) {
        return ServingServer.start(properties.settings(device), versions);
    }
}
