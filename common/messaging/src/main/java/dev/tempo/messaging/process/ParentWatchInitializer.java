package dev.tempo.messaging.process;

import java.time.Duration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** The start of the {@link ParentWatch}, before the first bean: a service may lose its launcher while it starts. */
final class ParentWatchInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (context.getEnvironment().getProperty(ParentWatch.PROPERTY, Boolean.class, false)) {
            ParentWatch.start(PATIENCE);
        }
    }
}
