package dev.tempo.critic;

import dev.tempo.messaging.service.Cancellable;
import dev.tempo.messaging.service.WaitGauges;
import dev.tempo.model.device.Computations;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.MachineSettings;
import dev.tempo.runs.KnownRuns;
import dev.tempo.runs.RunBoard;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The service that owns the labeled questions, the E-step and valuation. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(CriticProperties.class)
public class CriticService {

    public static void main(String[] arguments) {
        application().run(arguments);
    }

    /** The service as an application of its own; several may live in one JVM. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(CriticService.class).properties("spring.config.name=critic-service");
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
    CriticMetrics criticMetrics(MeterRegistry registry, RunBoard board) {
        WaitGauges.register(
                registry,
                seconds -> Gauge.builder("tempo.critic.awaited.seconds", seconds),
                board::awaitedRows,
                board.clock());
        return new CriticMetrics(registry);
    }

    @Bean
    RunBoard runBoard(CriticProperties properties, InstantSource clock) {
        return new RunBoard(properties.stalledAfter(), clock);
    }

    @Bean
    RunCritics runCritics(CriticProperties properties, CriticMetrics metrics, RunBoard board, InstantSource clock) {
        return new RunCritics(properties, metrics, board, clock);
    }

    @Bean
    KnownRuns knownRuns(CriticProperties properties, InstantSource clock) {
        return new KnownRuns(properties.unknownRunPatience(), clock);
    }

    @Bean
    CriticVersions criticVersions() {
        return new CriticVersions();
    }

    @Bean
    VersionedCritics versionedCritics(CriticProperties properties, ComputeDevice device) {
        return new VersionedCritics(properties, device.inferenceType());
    }

    @Bean
    Valuation valuation(KnownRuns runs, CriticVersions versions, VersionedCritics critics, CriticMetrics metrics) {
        return new Valuation(runs, versions, critics, metrics);
    }

    @Bean
    HealthIndicator criticHealthIndicator(RunBoard board, Valuation valuation) {
        return new CriticHealth(board, valuation);
    }
}
