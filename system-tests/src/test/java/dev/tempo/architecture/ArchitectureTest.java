package dev.tempo.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.TrainerLoop;
import dev.tempo.messaging.TrainerLoops;
import dev.tempo.messaging.WorkQueues;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The walls between modules and packages that Maven's dependencies cannot build. {@link ModuleWallsTest} has those. */
class ArchitectureTest {
    private static final String[] SERVICES = {
        "dev.tempo.rollout..", "dev.tempo.critic..", "dev.tempo.policy..", "dev.tempo.judge..", "dev.tempo.eval.."
    };
    private static final String[] KAFKA_PACKAGES = {
        "dev.tempo.rollout.kafka..",
        "dev.tempo.critic.kafka..",
        "dev.tempo.policy.kafka..",
        "dev.tempo.judge.kafka..",
        "dev.tempo.eval.kafka.."
    };

    /** Packages of language-model that other modules do not use. The others are its face. */
    private static final String[] MODEL_INTERNALS = {
        "dev.tempo.model.config..", "dev.tempo.model.forward..", "dev.tempo.model.scripts.."
    };

    @Test
    void allModulesAreOnTheClassPath() {
        assertThat(List.of("contract", "algorithm", "datasets", "model", "messaging", "standalone"))
                .allSatisfy(name ->
                        assertThat(Code.ALL.containPackage("dev.tempo." + name)).isTrue());
        assertThat(Project.SERVICES)
                .allSatisfy(name -> assertThat(Code.ALL.containPackage("dev.tempo." + name.replace("-service", "")))
                        .isTrue());
    }

    @Test
    void theContractKnowsTheJdkAndTwoSetsOfAnnotationsOnly() {
        onlyDependsOn(
                "dev.tempo.contract..",
                "java..",
                "org.jspecify..",
                "com.fasterxml.jackson.annotation..",
                "dev.tempo.plugin..");
    }

    @Test
    void whatAuthorsOfPlugInsDependOnKnowsTheJdkOnly() {
        onlyDependsOn("dev.tempo.plugin..", "java..", "org.jspecify..");
    }

    @Test
    void theVerifierKnowsNoFramework() {
        onlyDependsOn("dev.tempo.verification..", "java..", "org.jspecify..", "tools.jackson..", "dev.tempo.plugin..");
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(Code.ALL)
                .extracting(JavaClass::getPackage)
                .allSatisfy(room -> assertThat(room.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                        .as("%s says that nothing in it is null", room.getName())
                        .isTrue());
    }

    @Test
    void arithmeticIsFreeOfFrameworks() {
        onlyDependsOn(
                "dev.tempo.algorithm..", "java..", "org.jspecify..", "dev.tempo.contract..", "dev.tempo.plugin..");
    }

    @Test
    void onlyTheLanguageModelSeesTheTensorEngine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tempo.model..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(Code.ALL);
    }

    /** The rest of the readers works on a machine for which DuckDB has no library, and loads none. */
    @Test
    void onlyTheTablesOfDataSeeTheDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tempo.datasets.table..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.duckdb..", "java.sql..")
                .check(Code.ALL);
    }

    @Test
    void theLanguageModelIsUsedThroughItsFaceOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tempo.model..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(MODEL_INTERNALS)
                .check(Code.ALL);
    }

    @Test
    void noTensorAppearsInAPublicSignature() {
        DescribedPredicate<JavaCodeUnit> tellsTensors = describe(
                "name a type of ai.djl",
                unit -> unit.getAllInvolvedRawTypes().stream()
                        .anyMatch(type -> type.getPackageName().startsWith("ai.djl")));
        noCodeUnits()
                .that()
                .areDeclaredInClassesThat(
                        describe("are public in the face of dev.tempo.model", ArchitectureTest::isPublicModelType))
                .and(describe("can be called from outside", ArchitectureTest::isVisible))
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.be(tellsTensors))
                .check(Code.ALL);
        fields().that()
                .areDeclaredInClassesThat(
                        describe("are public in the face of dev.tempo.model", ArchitectureTest::isPublicModelType))
                .and()
                .arePublic()
                .should()
                .notHaveRawType(resideInAnyPackage("ai.djl.."))
                .allowEmptyShould(true)
                .check(Code.ALL);
    }

    @Test
    void kafkaIsSeenByMessagingListenersAndTheBrokerOnly() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.tempo.messaging..", "dev.tempo.*.kafka..", "dev.tempo.standalone.broker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..", "kafka..")
                .check(Code.ALL);
    }

    @Test
    void domainCodeNeitherPublishesNorSubscribes() {
        for (int service = 0; service < SERVICES.length; service++) {
            noClasses()
                    .that()
                    .resideInAPackage(SERVICES[service])
                    .and()
                    .resideOutsideOfPackage(KAFKA_PACKAGES[service])
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(
                            Publisher.class,
                            Subscriptions.class,
                            TrainerLoops.class,
                            TrainerLoop.class,
                            WorkQueues.class)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage(KAFKA_PACKAGES[service])
                    .check(Code.ALL);
        }
    }

    @Test
    void servicesKnowNeitherEachOtherNorTheLauncher() {
        for (String service : SERVICES) {
            List<String> others = new ArrayList<>(List.of(SERVICES));
            others.remove(service);
            others.add("dev.tempo.standalone..");
            noClasses()
                    .that()
                    .resideInAPackage(service)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others.toArray(String[]::new))
                    .check(Code.ALL);
        }
    }

    @Test
    void judgesAndBenchmarksNeedNoModel() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.tempo.judge..", "dev.tempo.judging..", "dev.tempo.eval..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tempo.model..")
                .check(Code.ALL);
    }

    @Test
    void nothingIsInjectedIntoFieldsOrReadByValueAnnotation() {
        for (String annotation : List.of(
                "org.springframework.beans.factory.annotation.Autowired",
                "org.springframework.beans.factory.annotation.Value",
                "jakarta.inject.Inject",
                "jakarta.annotation.Resource")) {
            noFields().should().beAnnotatedWith(annotation).check(Code.ALL);
        }
        DescribedPredicate<JavaCodeUnit> valueParameter = describe(
                "have a parameter with @Value",
                unit -> unit.getParameters().stream()
                        .anyMatch(parameter ->
                                parameter.isAnnotatedWith("org.springframework.beans.factory.annotation.Value")));
        noCodeUnits()
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.have(valueParameter))
                .check(Code.ALL);
    }

    @Test
    void classNamesSpeak() {
        ArchRuleDefinition.classes()
                .should()
                .haveNameNotMatching(".*(Utils?|Helper|Manager|D[Tt][Oo]|Impl)(\\$.*)?")
                .check(Code.ALL);
    }

    @Test
    void noServiceKeepsChangingStaticState() {
        noFields()
                .that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(SERVICES)
                .should()
                .notBeFinal()
                .check(Code.ALL);
    }

    private static void onlyDependsOn(String those, String... allowed) {
        List<String> all = new ArrayList<>(List.of(allowed));
        all.add(those);
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(those)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(all.toArray(String[]::new)).or(isPrimitive()))
                .check(Code.ALL);
    }

    private static DescribedPredicate<JavaClass> isPrimitive() {
        return describe("are primitive", type -> type.getBaseComponentType().isPrimitive());
    }

    private static boolean isPublicModelType(JavaClass type) {
        return type.getPackageName().startsWith("dev.tempo.model")
                && !resideInAnyPackage(MODEL_INTERNALS).test(type)
                && type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass()
                        .map(ArchitectureTest::isPublicModelType)
                        .orElse(true);
    }

    private static boolean isVisible(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.PUBLIC)
                || unit.getModifiers().contains(JavaModifier.PROTECTED);
    }
}
