package dev.tempo.standalone.launch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * The launcher's own access to the connection: what {@code META-INF/spring} lists under this class's name, and nothing else. All
 * that Spring Boot would find on the class path takes a second of every command.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration
class LauncherContext {

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }
}
