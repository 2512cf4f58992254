package dev.tempo.rollout;

import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import java.util.Optional;
import java.util.OptionalInt;

/** The comparison of a request with the recipe of its run: what that does not ask for, none of its services has written. */
final class RequestCheck {
    private RequestCheck() {}

    /** The reason why nobody can have asked for this; empty where the recipe does. */
    static Optional<String> refusal(RolloutRequest request, Run run) {
        Recipe recipe = run.recipe();
        RequestId id = request.id();
        if (id.round() > recipe.rounds()) {
            return Optional.of(
                    "round " + id.round() + " is not one of the " + recipe.rounds() + " of run " + run.run());
        }
        OptionalInt samples = samples(id, recipe);
        if (samples.isEmpty()) {
            return Optional.of("the recipe of run " + run.run() + " asks for no "
                    + id.purpose().word() + " trajectories in round " + id.round());
        }
        if (request.samples() != samples.getAsInt()) {
            return Optional.of("it asks for " + request.samples() + " samples, but the recipe of run " + run.run()
                    + " for " + samples.getAsInt());
        }
        if (request.seed() != recipe.seed() || !request.generation().equals(recipe.generation())) {
            return Optional.of("its seed or its generation settings are not those of run " + run.run());
        }
        return Optional.empty();
    }

    private static OptionalInt samples(RequestId id, Recipe recipe) {
        Stage stage = recipe.stageOf(id.round());
        return switch (id.purpose()) {
            case WARM_UP, LABELED -> labeled(stage);
            case UNLABELED ->
                stage.questionsFrom() == QuestionSource.UNLABELED
                        ? OptionalInt.of(stage.samples())
                        : OptionalInt.empty();
            case EVALUATION -> {
                String set =
                        id.question().substring(0, Math.max(0, id.question().indexOf('/')));
                yield OptionalInt.of(recipe.evaluation().samples(set));
            }
        };
    }

    private static OptionalInt labeled(Stage stage) {
        if (stage.reward() == RewardSource.VERDICT) {
            return OptionalInt.of(stage.samples());
        }
        RecalibrationSettings recalibration = stage.recalibration();
        return recalibration == null ? OptionalInt.empty() : OptionalInt.of(recalibration.samples());
    }
}
