package dev.tempo.policy;

import dev.tempo.messaging.service.Cancellable;
import dev.tempo.model.device.Computations;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.MachineSettings;
import dev.tempo.policy.filter.QuestionFilters;
import dev.tempo.runs.RunBoard;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The service that owns the policy: the M-step, checkpoints and published versions. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(PolicyProperties.class)
public class PolicyService {

    public static void main(String[] arguments) {
        application().run(arguments);
    }

    /** The service as an application of its own; several may live in one JVM. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(PolicyService.class).properties("spring.config.name=policy-service");
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
    ComputeDevice computeDevice(Environment environment) {
        MachineSettings.takeFrom(environment::getProperty);
        return ComputeDevice.current();
    }

    @Bean
    RunBoard runBoard(PolicyProperties properties, InstantSource clock) {
        return new RunBoard(properties.stalledAfter(), clock);
    }

    @Bean
    PolicyMetrics policyMetrics(MeterRegistry meters, RunBoard board) {
        return new PolicyMetrics(meters, board);
    }

    @Bean
    TrainingRuns trainingRuns(RunBoard board, PolicyMetrics metrics) {
        return new TrainingRuns(board, metrics);
    }

    @Bean
    QuestionFilters questionFilters(PolicyProperties properties, MeterRegistry meters) {
        return QuestionFilters.of(properties.filters(), meters);
    }

    @Bean
    HealthIndicator policyHealthIndicator(RunBoard board) {
        return new PolicyHealth(board);
    }
}
