package dev.tempo.rollout;

import dev.tempo.messaging.service.Cancellable;
import dev.tempo.messaging.service.WaitGauges;
import dev.tempo.model.device.Computations;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.MachineSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The service that owns the unlabeled questions and generates responses. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableScheduling
@EnableConfigurationProperties(RolloutProperties.class)
public class RolloutService {
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(RolloutService.class).properties("spring.config.name=rollout-service");
    }

    public static void main(String[] arguments) {
        application().run(arguments);
    }

    @Bean
    UnlabeledPlanner unlabeledPlanner(RolloutProperties properties) {
        return new UnlabeledPlanner(properties.patience(), properties.stalledAfter());
    }

    @Bean
    EnvironmentKind calculator() {
        return EnvironmentKind.CALCULATOR;
    }

    @Bean
    EnvironmentKind checkedArithmetic() {
        return EnvironmentKind.CHECKED_ARITHMETIC;
    }

    @Bean
    RolloutMetrics rolloutMetrics(MeterRegistry registry, UnlabeledPlanner planner, InstantSource clock) {
        Gauge.builder("tempo.rollout.requests.open", planner, UnlabeledPlanner::openRequests)
                .register(registry);
        WaitGauges.register(
                registry, seconds -> Gauge.builder("tempo.rollout.awaited.seconds", seconds), planner::awaited, clock);
        Gauge.builder(
                        "tempo.rollout.round.stalled",
                        planner,
                        rounds -> rounds.problems().size()
                                + rounds.stalled(clock.instant()).size())
                .register(registry);
        return new RolloutMetrics(registry);
    }

    @Bean
    Cancellable computations() {
        return Computations::cancel;
    }

    /**
     * The device that this process computes on; found before anything is loaded, so that a wrong setting is reported at
     * the start.
     */
    @Bean
    ComputeDevice computeDevice(RolloutProperties properties, Environment environment) {
        if (System.getProperty(MachineSettings.THREADS) == null) {
            System.setProperty(MachineSettings.THREADS, Integer.toString(properties.threads()));
        }
        MachineSettings.takeFrom(environment::getProperty);
        return ComputeDevice.current();
    }

    /** Emptied by the worker, whose thread it belongs to. */
    @Bean(destroyMethod = "")
    PolicyShelf policyShelf(RolloutProperties properties, ComputeDevice device) {
        return new PolicyShelf(properties.policies(), properties.limits(device), device.inferenceType());
    }

    @Bean
    RolloutWorker rolloutWorker(
            PolicyShelf policies,
            List<EnvironmentKind> kinds,
            RolloutMetrics metrics,
            RolloutProperties properties,
            UnlabeledPlanner planner,
            InstantSource clock) {
        return new RolloutWorker(
                policies, Environments.with(kinds, properties.environments()), metrics, planner.draw(), clock);
    }

    @Bean
    HealthIndicator rolloutHealthIndicator(UnlabeledPlanner planner, PolicyShelf policies, InstantSource clock) {
        return new RolloutHealth(planner, policies, clock);
    }
}
