package dev.tempo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import dev.tempo.messaging.service.RunEvent;
import dev.tempo.messaging.service.ServiceHealth;
import java.lang.reflect.Field;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;

/**
 * The table of service conventions in CONTRIBUTING.md, as far as compiled classes tell. {@link RunningServiceConventionsTest}
 * looks at services that run.
 */
class ServiceConventionsTest {
    private static final String[] SERVICES = {
        "dev.tempo.rollout..", "dev.tempo.critic..", "dev.tempo.policy..", "dev.tempo.judge..", "dev.tempo.eval.."
    };
    private static final String MESSAGING = "dev.tempo.messaging..";

    private static final DescribedPredicate<JavaClass> OURS =
            resideInAnyPackage(SERVICES).or(resideInAnyPackage(MESSAGING));

    private static final Set<Class<?>> TIMES =
            Set.of(Instant.class, Clock.class, InstantSource.class, LocalDateTime.class);

    private static final Pattern GERUND = Pattern.compile(".*[a-z]ing");
    /** Names that end so and yet say a role. */
    private static final Set<String> NO_GERUNDS = Set.of("Incoming", "Outgoing", "CriticInTraining");

    @Test
    void healthIsAnsweredInTheSharedStatusesOnly() {
        noClasses()
                .that(OURS)
                .and()
                .doNotBelongToAnyOf(ServiceHealth.class)
                .should(callMethodWhere(target(describe(
                        "make a health of their own",
                        method -> method.getOwner().isAssignableTo(Health.class)
                                || method.getOwner().isAssignableTo(Health.Builder.class)))))
                .check(Code.ALL);
        classes()
                .that(OURS)
                .and()
                .implement(HealthIndicator.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ServiceHealth.class)
                .check(Code.ALL);
    }

    @Test
    void wallTimeComesFromTheOneClockAndElapsedTimeFromAStopwatch() {
        noClasses()
                .that(OURS)
                .and()
                .haveSimpleNameNotEndingWith("MessagingAutoConfiguration")
                .should(callMethodWhere(target(describe("ask the system for the time", method -> {
                    String name = method.getName();
                    boolean asks = name.startsWith("now") || name.startsWith("system") || name.startsWith("tick");
                    return (method.getOwner().isEquivalentTo(System.class) && name.equals("currentTimeMillis"))
                            || (asks && TIMES.stream().anyMatch(method.getOwner()::isEquivalentTo));
                }))))
                .check(Code.ALL);
        noClasses()
                .that(resideInAnyPackage(SERVICES))
                .should()
                .callMethod(System.class, "nanoTime")
                .check(Code.ALL);
    }

    @Test
    void configurationsAreLiteAndNamedByRole() {
        List<JavaClass> configurations = Code.ALL.stream()
                .filter(OURS)
                .filter(type -> type.isMetaAnnotatedWith(Configuration.class))
                .toList();
        assertThat(configurations).hasSizeGreaterThan(10);
        assertThat(configurations)
                .allSatisfy(type -> assertThat(isLite(type.reflect()))
                        .as("%s has proxyBeanMethods = false", type.getName())
                        .isTrue());
        assertThat(Code.ALL.stream().filter(OURS).map(JavaClass::getSimpleName))
                .filteredOn(name -> GERUND.matcher(name).matches())
                .isSubsetOf(NO_GERUNDS);
    }

    @Test
    void beansAreDeclaredAndNotFoundByScanning() {
        for (Class<?> stereotype : List.of(Component.class, Service.class, Repository.class)) {
            noClasses()
                    .that(OURS)
                    .should()
                    .beAnnotatedWith(stereotype.getName())
                    .check(Code.ALL);
        }
    }

    @Test
    void domainClassesCarryNoAnnotationOfSpring() {
        List<JavaClass> domain = Code.ALL.stream()
                .filter(resideInAnyPackage(SERVICES))
                .filter(type -> !type.getPackageName().matches(".*\\.(kafka|dashboard|http)"))
                .filter(type -> !type.isAnnotatedWith(SpringBootApplication.class)
                        && !type.isAnnotatedWith(ConfigurationProperties.class))
                .toList();
        assertThat(domain).hasSizeGreaterThan(60);
        assertThat(domain).allSatisfy(type -> {
            Stream<CanBeAnnotated> annotated = Stream.concat(Stream.of(type), type.getMembers().stream());
            assertThat(annotated.flatMap(ServiceConventionsTest::annotations))
                    .as("annotations of %s", type.getName())
                    .noneMatch(name -> name.startsWith("org.springframework."));
        });
    }

    @Test
    void loggersAreNamedLogAndAreOfTheirOwnClass() {
        fields().that()
                .haveRawType(Logger.class)
                .and()
                .areDeclaredInClassesThat(OURS)
                .should()
                .bePrivate()
                .andShould()
                .beStatic()
                .andShould()
                .beFinal()
                .andShould()
                .haveName("LOG")
                .check(Code.ALL);
        List<JavaField> loggers = Code.ALL.stream()
                .filter(OURS)
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.getRawType().isEquivalentTo(Logger.class))
                .toList();
        assertThat(loggers).hasSizeGreaterThan(15).allSatisfy(field -> {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            assertThat(((Logger) Objects.requireNonNull(reflected.get(null))).getName())
                    .isEqualTo(field.getOwner().getName());
        });
    }

    @Test
    void everyLogLineHasKeysAndValues() {
        Set<String> levels = Set.of("trace", "debug", "info", "warn", "error");
        noClasses()
                .that(OURS)
                .should(callMethodWhere(target(describe(
                        "log without keys",
                        method ->
                                method.getOwner().isEquivalentTo(Logger.class) && levels.contains(method.getName())))))
                .check(Code.ALL);
        List<JavaCodeUnit> logging = Code.ALL.stream()
                .filter(OURS)
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> calls(unit).anyMatch(ServiceConventionsTest::beginsALine))
                .toList();
        assertThat(logging)
                .hasSizeGreaterThan(15)
                .allSatisfy(unit -> assertThat(calls(unit)
                                .filter(ServiceConventionsTest::addsKeys)
                                .count())
                        .as("keys of the lines of %s", unit.getFullName())
                        .isGreaterThanOrEqualTo(calls(unit)
                                .filter(ServiceConventionsTest::beginsALine)
                                .count()));
    }

    @Test
    void metricsCountAndDoNotLog() {
        noClasses()
                .that(OURS)
                .and()
                .haveNameMatching(".*(Metrics|Meters|Meter)")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Logger.class, LoggerFactory.class)
                .check(Code.ALL);
    }

    @Test
    void everyEventOfARunIsLoggedBySomeService() {
        Set<String> logged = Code.ALL.stream()
                .filter(resideInAnyPackage(SERVICES))
                .flatMap(type -> type.getFieldAccessesFromSelf().stream())
                .filter(access -> access.getTarget().getOwner().isEquivalentTo(RunEvent.class))
                .map(access -> access.getTarget().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(logged)
                .isEqualTo(Arrays.stream(RunEvent.values())
                        .map(Enum::name)
                        .collect(Collectors.toCollection(TreeSet::new)));
        assertThat(Arrays.stream(RunEvent.values()).map(RunEvent::words))
                .allSatisfy(words -> assertThat(Conventions.row("Events")).contains(words));
    }

    private static boolean isLite(Class<?> type) {
        SpringBootApplication application = type.getAnnotation(SpringBootApplication.class);
        Configuration configuration = type.getAnnotation(Configuration.class);
        return application != null
                ? !application.proxyBeanMethods()
                : configuration == null || !configuration.proxyBeanMethods();
    }

    private static Stream<String> annotations(CanBeAnnotated annotated) {
        Stream<? extends JavaAnnotation<?>> own = annotated instanceof JavaClass type
                ? type.getAnnotations().stream()
                : ((JavaMember) annotated).getAnnotations().stream();
        return own.map(annotation -> annotation.getRawType().getName());
    }

    private static Stream<JavaMethodCall> calls(JavaCodeUnit unit) {
        return unit.getMethodCallsFromSelf().stream();
    }

    private static boolean beginsALine(JavaMethodCall call) {
        return call.getTarget().getOwner().isEquivalentTo(Logger.class)
                && call.getTarget().getName().startsWith("at");
    }

    /** Itself, or by a method of the same class for lines that have keys in common. */
    private static boolean addsKeys(JavaMethodCall call) {
        return call.getTarget().getName().equals("addKeyValue")
                || (call.getTarget().getOwner().equals(call.getOriginOwner())
                        && call.getTarget().getRawReturnType().isEquivalentTo(LoggingEventBuilder.class));
    }
}
