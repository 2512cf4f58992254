package dev.tempo.policy;

import dev.tempo.messaging.Cancellable;
import dev.tempo.model.device.Computations;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.MachineSettings;
import dev.tempo.runs.RunBoard;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Owns the policy: the M-step, checkpoints and published versions. */
@SpringBootApplication
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

    /** Where this process computes; found before anything is loaded, so that a wrong setting is said at the start. */
    @Bean
    ComputeDevice computeDevice(Environment environment) {
        MachineSettings.takeFrom(environment::getProperty);
        return ComputeDevice.current();
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    RunBoard runBoard(PolicyProperties properties, InstantSource clock) {
        return new RunBoard(properties.stalledAfter(), clock);
    }
}
