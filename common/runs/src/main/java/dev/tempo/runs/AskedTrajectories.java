package dev.tempo.runs;

import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The trajectories of one topic that runs can have asked for, by what their recipes say. Whatever else is on the topic has no
 * reader and never will have one. Thread-safe.
 */
public final class AskedTrajectories {
    private final KnownRuns runs;
    private final Set<Purpose> purposes;

    /** @param purposes of the topic's trajectories */
    public AskedTrajectories(KnownRuns runs, Purpose... purposes) {
        this.runs = runs;
        this.purposes = Set.of(purposes);
    }

    /**
     * The reason why nobody can have asked for the trajectory; null where somebody can, where that is not known yet, and for runs
     * that have ended, of which nothing is judged any more.
     */
    public @Nullable String refusal(TrajectoryId id) {
        RequestId request = id.request();
        if (!purposes.contains(request.purpose())) {
            return id + " belongs to another topic";
        }
        Run run = runs.announced(request.run());
        if (run == null) {
            return runs.isUnknown(request.run()) ? "run " + request.run() + " was never announced" : null;
        }
        return run.state().isOver() ? null : refusal(run.recipe(), id);
    }

    /** Whether a run has asked for this as shadow traffic; false where the run is not known. */
    public boolean isShadow(RequestId request) {
        Run run = runs.announced(request.run());
        return run != null && ShadowQuestion.isAsked(run.recipe(), request);
    }

    /** The reason why a run with this recipe cannot have asked for the trajectory; null where it can. */
    public static @Nullable String refusal(Recipe recipe, TrajectoryId id) {
        RequestId request = id.request();
        boolean stepless = request.purpose() != Purpose.WARM_UP && request.purpose() != Purpose.LABELED;
        if (stepless && request.step() != 0) {
            return id + " has a step, which labeled questions alone have";
        }
        if (request.purpose() == Purpose.EVALUATION) {
            return measuring(recipe, id);
        }
        if (request.round() >= recipe.rounds()) {
            return "round " + request.round() + " of " + id + " is none of the recipe's " + recipe.rounds();
        }
        Stage stage = recipe.stageOf(request.round());
        int steps = request.round() == 0 ? stage.criticWarmUp() : 0;
        if (request.purpose() == Purpose.WARM_UP && request.step() >= steps) {
            return "warm-up step " + request.step() + " of " + id + " is none of the " + steps + " of round "
                    + request.round();
        }
        RecalibrationSettings recalibration = stage.recalibration();
        int eSteps = recalibration == null ? 1 : recalibration.mostInRound();
        if (request.purpose() == Purpose.LABELED && request.step() >= eSteps) {
            return "E-step " + request.step() + " of " + id + " is none of the " + eSteps + " that round "
                    + request.round() + " has at most";
        }
        int samples = samples(recipe, request);
        return samples == 0
                ? "nothing is asked for as " + id + " in round " + request.round() + ", which is of stage "
                        + stage.name()
                : beyond(samples, id);
    }

    /**
     * How many samples a recipe asks for in a round that it has; 0 where it asks for nothing with this purpose.
     *
     * @param request any of the round; of an evaluation, the question names the set
     */
    public static int samples(Recipe recipe, RequestId request) {
        if (ShadowQuestion.isAsked(recipe, request)) {
            return 1;
        }
        if (request.purpose() == Purpose.EVALUATION) {
            PromotionSettings promotion = promotion(recipe, request);
            return promotion == null ? recipe.evaluation().samples(setOf(request)) : promotion.samples();
        }
        if (!recipe.trains()) {
            return 0;
        }
        Stage stage = recipe.stageOf(request.round());
        return switch (request.purpose()) {
            case WARM_UP, LABELED -> labeled(recipe, stage, request);
            default -> unlabeled(stage);
        };
    }

    private static @Nullable PromotionSettings promotion(Recipe recipe, RequestId request) {
        return setOf(request).equals(Recipe.PROMOTION_SET) ? recipe.promotion() : null;
    }

    private static String setOf(RequestId request) {
        return request.question().split("/", 2)[0];
    }

    private static @Nullable String measuring(Recipe recipe, TrajectoryId id) {
        int version = id.request().round();
        if (version > recipe.rounds()) {
            return "version " + version + " of " + id + " is none of 0.." + recipe.rounds();
        }
        if (promotion(recipe, id.request()) != null || ShadowQuestion.isAsked(recipe, id.request())) {
            // of the promoted version too, whichever that is
            return beyond(samples(recipe, id.request()), id);
        }
        String set = setOf(id.request());
        if (!recipe.evaluation().sets().containsKey(set)) {
            return "there is no set '" + set + "' for " + id;
        }
        // of a run without an end the version that is the last is measured too, whichever that is
        return recipe.evaluates(version) || recipe.unbounded()
                ? beyond(samples(recipe, id.request()), id)
                : "version " + version + " of " + id + " is not measured";
    }

    private static int unlabeled(Stage stage) {
        return stage.questionsFrom() == QuestionSource.UNLABELED ? stage.samples() : 0;
    }

    private static int labeled(Recipe recipe, Stage stage, RequestId request) {
        if (stage.reward() == RewardSource.VERDICT || stage.questionsFrom() != QuestionSource.UNLABELED) {
            return stage.samples();
        }
        RecalibrationSettings due = request.purpose() == Purpose.WARM_UP
                ? stage.recalibration()
                : stage.recalibrationIn(request.round() - recipe.firstRoundOf(stage));
        return due == null ? 0 : due.samples();
    }

    private static @Nullable String beyond(int samples, TrajectoryId id) {
        return id.sample() < samples
                ? null
                : "sample " + id.sample() + " of " + id.request() + " is none of the " + samples
                        + " that are asked for";
    }
}
