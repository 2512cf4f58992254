package dev.tempo.judging;

import dev.tempo.judging.plugin.JudgeJars;
import dev.tempo.plugin.Judge;
import dev.tempo.plugin.jar.PlugInJars;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The judges that judge-service would have here, jars included, without the service: for checking recipes and for judging
 * from the command line. They come from the same configuration: the environment and {@code judge-service.yaml} in the
 * working directory or its {@code config/}.
 */
public final class AvailableJudges implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Path directory;
    private final PlugInJars<Judge> jars;

    private AvailableJudges(ConfigurableApplicationContext context, Path directory) {
        this.context = context;
        this.directory = directory;
        this.jars = JudgeJars.load(directory, context.getBean(Judges.class).names());
    }

    /**
     * The judges that the configuration gives here, with those of the jars.
     *
     * @param directory directory of jars; null for the configured one
     * @param configuration a further YAML or properties file, which counts most; null for none
     * @throws IllegalArgumentException if the configuration is refused, naming the property
     */
    public static AvailableJudges find(@Nullable Path directory, @Nullable Path configuration) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.config.name", "judge-service");
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.main.log-startup-info", "false");
        properties.put("spring.main.register-shutdown-hook", "false");
        if (configuration != null) {
            properties.put(
                    "spring.config.additional-location",
                    configuration.toAbsolutePath().toUri().toString());
        }
        ConfigurableApplicationContext context;
        try {
            context = new SpringApplicationBuilder(JudgeCatalogue.class)
                    .web(WebApplicationType.NONE)
                    .properties(properties)
                    .initializers(
                            fresh -> fresh.getBeanFactory().registerSingleton("meters", new SimpleMeterRegistry()))
                    .run();
        } catch (RuntimeException refused) {
            throw new IllegalArgumentException("the judges cannot be configured: " + reasons(refused), refused);
        }
        Path configured = context.getBean(JudgeProperties.class).directory();
        return new AvailableJudges(context, (directory == null ? configured : directory).toAbsolutePath());
    }

    /** The reasons in the causes of Spring's exception: the property and what is wrong with it. */
    private static String reasons(RuntimeException refused) {
        Set<String> reasons = new LinkedHashSet<>();
        for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
            boolean tells = cause instanceof BindException || cause.getCause() == null;
            if (tells && cause instanceof BindException bind) {
                reasons.add(bind.getName() + " = "
                        + (bind.getProperty() == null
                                ? "(missing)"
                                : bind.getProperty().getValue()));
            } else if (tells) {
                reasons.add(String.valueOf(cause.getMessage()).replaceAll("\\s+", " "));
            }
        }
        return String.join(": ", reasons);
    }

    /** All judges, by the names that recipes use. */
    public Judges judges() {
        return context.getBean(Judges.class).with(jars.plugIns());
    }

    /** What bears on the verdicts of judges that the configuration sets up, by name and without keys. */
    public SortedMap<String, String> bearing(Collection<String> names) {
        return context.getBean(JudgeProperties.class).bearing(names);
    }

    /** The names of those that come from jars. */
    public List<String> fromJars() {
        return jars.plugIns().stream().map(Judge::name).toList();
    }

    /** The problems with jars of the directory; each names its jar and what to do. */
    public List<String> problems() {
        return jars.problems();
    }

    /** The directory of the jars, absolute; it may be missing. */
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        context.close();
    }
}
