package dev.tempo.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Answer;
import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.datasets.BenchmarkQuestions;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.LabeledQuestions;
import dev.tempo.datasets.Question;
import dev.tempo.plugin.Verdict;
import dev.tempo.policy.TrialVerdict;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No label can leak by type: what travels on the unlabeled road has no place for one, and who works there reads none. */
class LabelWallTest {
    private static final String SERVING = "dev.tempo.rollout.serving..";

    private static final Pattern LABEL =
            Pattern.compile("answer|label|reference|solution|truth|correct|verdict|outcome", Pattern.CASE_INSENSITIVE);

    @Test
    void theUnlabeledRoadHasNoFieldForALabel() {
        for (Class<?> message : List.of(
                Question.class,
                RolloutRequest.class,
                Trajectory.class,
                ValuedTrajectory.class,
                PolicyVersion.class,
                CriticVersion.class,
                ArrivingQuestion.class)) {
            assertThat(fields(message))
                    .as("fields that %s carries", message.getSimpleName())
                    .isNotEmpty()
                    .noneMatch(field -> LABEL.matcher(field).find());
        }
    }

    @Test
    void theAnswerRecordIsWhatTheRuleWouldCatch() {
        assertThat(fields(Answer.class)).anyMatch(field -> LABEL.matcher(field).find());
        assertThat(fields(JudgedTrajectory.class))
                .anyMatch(field -> LABEL.matcher(field).find());
    }

    @Test
    void whoGeneratesOrTrainsThePolicyKnowsNoAnswerAndNoVerdict() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.tempo.rollout..", "dev.tempo.policy..", "dev.tempo.model..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        Answer.class,
                        Verdict.class,
                        JudgedTrajectory.class,
                        LabeledQuestion.class,
                        LabeledQuestions.class,
                        BenchmarkQuestions.class)
                .check(Code.ALL);
    }

    /**
     * What a version was worth on the promotion set, too, is for those who serve and look, never for who generates or trains. Serving,
     * where rollout-service does that, is a package of its own, which nobody who generates sees. The one exception, in words: where a recipe
     * says so, training goes back to the promoted version after failed trials, so that its result depends on the labels of the promotion set
     * by which rounds these are, and by nothing else. Therefore one class of policy-service sees records of promotions, and gives on which
     * version passed its trial, and one of rollout-service, which looks whether a trial is over whose files are gone.
     */
    @Test
    void noPromotionReachesWhoGeneratesOrTrainsButThatAVersionPassedItsTrial() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.tempo.rollout..", "dev.tempo.policy..", "dev.tempo.critic..", "dev.tempo.model..")
                .and()
                .resideOutsideOfPackage(SERVING)
                .and()
                .doNotHaveFullyQualifiedName("dev.tempo.policy.kafka.PolicySubscriptions")
                .and()
                .doNotHaveFullyQualifiedName("dev.tempo.rollout.TriedCopy")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Promotion.class, Promotion.Comparison.class, Promotion.ShadowComparison.class)
                .check(Code.ALL);
        noClasses()
                .that()
                .haveFullyQualifiedName("dev.tempo.policy.kafka.PolicySubscriptions")
                .or()
                .haveFullyQualifiedName("dev.tempo.rollout.TriedCopy")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Promotion.Comparison.class, Promotion.ShadowComparison.class)
                .check(Code.ALL);
        assertThat(fields(TrialVerdict.class))
                .as("what training hears of the promotion set")
                .containsExactlyInAnyOrder("run", "number", "version", "outcome", "wished");
        noClasses()
                .that()
                .resideOutsideOfPackage(SERVING)
                .and()
                .doNotHaveSimpleName("ServingSubscriptions")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SERVING)
                .check(Code.ALL);
    }

    @Test
    void benchmarkAnswersAreReadByEvalServiceAndChecksAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tempo.eval..", "dev.tempo.datasets..", "dev.tempo.standalone..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(BenchmarkQuestions.class)
                .check(Code.ALL);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.tempo.eval..", "dev.tempo.judge..", "dev.tempo.contract..", "dev.tempo.standalone..")
                .should()
                .accessField(Topics.class, "EVALUATION_ANSWERS")
                .check(Code.ALL);
    }

    /** Benchmarks, promotion and shadow traffic come to those who measure; the critic's trainer and the policy's hear of none of it. */
    @Test
    void whoTrainsReadsNoMeasurementAndNoShadowTraffic() {
        for (String topic : List.of(
                "EVALUATION_TRAJECTORIES", "JUDGED_EVALUATION_TRAJECTORIES", "VALUED_EVALUATION_TRAJECTORIES")) {
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.tempo.policy..", "dev.tempo.critic..", "dev.tempo.model..")
                    .and()
                    .doNotHaveSimpleName("ValuationSubscriptions")
                    .should()
                    .accessField(Topics.class, topic)
                    .check(Code.ALL);
        }
        noClasses()
                .that()
                .haveSimpleName("ValuationSubscriptions")
                .should()
                .accessField(Topics.class, "JUDGED_EVALUATION_TRAJECTORIES")
                .check(Code.ALL);
    }

    /** Names of all record components that a message carries, however deep. */
    private static Set<String> fields(Class<?> message) {
        Set<String> names = new HashSet<>();
        Set<Type> seen = new HashSet<>();
        Deque<Type> open = new ArrayDeque<>(List.of(message));
        while (!open.isEmpty()) {
            Type type = open.remove();
            if (type instanceof ParameterizedType generic) {
                open.addAll(List.of(generic.getActualTypeArguments()));
            } else if (type instanceof Class<?> named && named.isRecord() && seen.add(named)) {
                for (RecordComponent component : named.getRecordComponents()) {
                    names.add(component.getName());
                    open.add(component.getGenericType());
                }
            }
        }
        return names;
    }
}
