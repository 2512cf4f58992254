package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.critic.CriticService;
import dev.tempo.eval.EvalService;
import dev.tempo.judge.JudgeService;
import dev.tempo.policy.PolicyService;
import dev.tempo.rollout.RolloutService;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.ReflectionUtils;

/** The table of service conventions in CONTRIBUTING.md, in the five services as they start, without a broker. */
class RunningServiceConventionsTest {
    static final List<String> SERVICES = List.of("rollout", "critic", "policy", "judge", "eval");

    private static final Map<String, SpringApplicationBuilder> APPLICATIONS = Map.of(
            "rollout", RolloutService.application(),
            "critic", CriticService.application(),
            "policy", PolicyService.application(),
            "judge", JudgeService.application(),
            "eval", EvalService.application());

    private static final Map<String, ConfigurableApplicationContext> RUNNING = new TreeMap<>();

    private static final Pattern TAGS = Pattern.compile("(?m)^\\| `tempo\\.[a-z.]+` \\{([a-z, ]+)\\}");

    @BeforeAll
    static void start() {
        APPLICATIONS.forEach((service, application) -> RUNNING.put(
                service,
                application.run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--spring.kafka.bootstrap-servers=127.0.0.1:1")));
    }

    @AfterAll
    static void stop() {
        RUNNING.values().forEach(ConfigurableApplicationContext::close);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void aServiceThatHasNothingToDoIsUpAndItsBrokerThatIsAwayIsDown(String service) {
        Map<String, HealthIndicator> health = running(service).getBeansOfType(HealthIndicator.class);

        assertThat(status(health, service + "HealthIndicator")).isEqualTo(Status.UP);
        assertThat(status(health, "brokerHealthIndicator")).isEqualTo(Status.DOWN);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void stalledAfterIsFiveMinutesEverywhere(String service) {
        List<Object> properties =
                running(service).getBeansWithAnnotation(ConfigurationProperties.class).values().stream()
                        .filter(bean -> isOf(service, bean.getClass()))
                        .toList();

        assertThat(properties).singleElement().satisfies(bean -> {
            var stalledAfter = bean.getClass().getMethod("stalledAfter");
            assertThat(ReflectionUtils.invokeMethod(stalledAfter, bean)).isEqualTo(Duration.ofMinutes(5));
        });
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void thereIsOneClock(String service) {
        assertThat(running(service).getBeansOfType(InstantSource.class)).containsOnlyKeys("clock");
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void beansAreNamedByRole(String service) {
        ConfigurableApplicationContext running = running(service);
        List<String> ours = List.of(running.getBeanDefinitionNames()).stream()
                .filter(name -> {
                    Class<?> type = running.getType(name);
                    return type != null && type.getName().startsWith("dev.tempo.");
                })
                .toList();

        assertThat(ours).hasSizeGreaterThan(15).noneMatch(name -> name.endsWith("ing"));
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void theSharedDefaultsHold(String service) {
        var environment = running(service).getEnvironment();
        Map<String, String> effective = new TreeMap<>();
        for (String name : List.of(
                "spring.application.name",
                "management.endpoints.web.exposure.include",
                "management.endpoint.health.show-details",
                "logging.level.org.apache.kafka",
                "logging.level.ai.djl")) {
            effective.put(name, environment.getProperty(name, "absent"));
        }

        assertThat(effective)
                .isEqualTo(Map.of(
                        "spring.application.name", service + "-service",
                        "management.endpoints.web.exposure.include", "health,prometheus,info",
                        "management.endpoint.health.show-details", "always",
                        "logging.level.org.apache.kafka", "warn",
                        "logging.level.ai.djl", "warn"));
        assertThat(environment.getProperty("logging.pattern.console")).contains(" %m %kvp%n");
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void metersAreNamedByTheServiceAndTaggedInTheSharedWords(String service) {
        List<Meter.Id> ours = running(service).getBean(MeterRegistry.class).getMeters().stream()
                .map(Meter::getId)
                .filter(meter -> meter.getName().startsWith("tempo."))
                .toList();

        assertThat(ours).allMatch(meter -> meter.getName().startsWith("tempo." + service + "."));
        Set<String> tags = ours.stream()
                .flatMap(meter -> meter.getTags().stream())
                .map(Tag::getKey)
                .collect(Collectors.toSet());
        assertThat(Conventions.words("Tags")).containsAll(tags);
    }

    @Test
    void theTableHasTheTagsOfTheMetricsPageAndNoOther() {
        Set<String> documented = TAGS.matcher(Project.text("docs/metrics.md"))
                .results()
                .flatMap(row -> List.of(row.group(1).split(", ")).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Conventions.words("Tags")).isEqualTo(documented);
    }

    private static ConfigurableApplicationContext running(String service) {
        return Objects.requireNonNull(RUNNING.get(service));
    }

    private static Status status(Map<String, HealthIndicator> health, String name) {
        assertThat(health).containsKey(name);
        return Objects.requireNonNull(Objects.requireNonNull(health.get(name)).health())
                .getStatus();
    }

    private static boolean isOf(String service, Class<?> type) {
        ConfigurationProperties properties = type.getAnnotation(ConfigurationProperties.class);
        return properties != null && properties.value().equals("tempo." + service);
    }
}
