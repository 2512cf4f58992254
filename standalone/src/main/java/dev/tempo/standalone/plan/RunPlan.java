package dev.tempo.standalone.plan;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.planning.MemoryPlan;
import dev.tempo.model.training.TrainingMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The plan of a run: what it computes and how long that takes under what is assumed. A pure function of its inputs.
 *
 * @param evaluations policy versions that are measured
 * @param evaluation the responses of all of them
 * @param evaluationSeconds that evaluations add, for workers answer them when they have nothing else to do
 * @param judged responses that judges see, evaluations included
 */
public record RunPlan(
        Assumptions assumed,
        Devices devices,
        List<StagePlan> stages,
        int evaluations,
        RoundPart evaluation,
        double evaluationSeconds,
        double judged) {
    /** Rounds that are planned of a stage that has no end. */
    private static final int PLANNED = 100;

    public static RunPlan of(
            Recipe written, ModelConfig config, MemoryPlan memory, Assumptions assumed, Devices devices) {
        Recipe recipe =
                written.unbounded() ? written.endingWith(written.rounds() - Stage.UNBOUNDED + PLANNED) : written;
        WorkCosts costs = new WorkCosts(
                config,
                TrainingMethod.of(recipe.training()),
                memory,
                assumed,
                devices,
                recipe.generation().maxNewTokens());
        List<StagePlan> stages = recipe.stages().stream()
                .map(stage -> StagePlan.of(stage, costs, devices))
                .toList();
        int evaluations = (int) IntStream.rangeClosed(0, recipe.rounds())
                .filter(recipe::evaluates)
                .count();
        int samples = Math.max(1, recipe.evaluation().samples());
        RoundPart evaluation = costs.generation("evaluation", (double) assumed.evaluationResponses() / samples, samples)
                .times(evaluations);
        double idle = devices.isOne()
                ? 0
                : stages.stream()
                        .mapToDouble(stage -> stage.rounds() * stage.idle())
                        .sum();
        double judged = stages.stream()
                        .mapToDouble(stage -> stage.rounds() * stage.judged())
                        .sum()
                + (double) evaluations * assumed.evaluationResponses();
        return new RunPlan(
                assumed, devices, stages, evaluations, evaluation, Math.max(0, evaluation.seconds() - idle), judged);
    }

    /**
     * The fastest plan if training were spread over several devices without loss, which it is not yet.
     *
     * @param all devices there are, at least 3
     * @param criticsAtLeast devices that the critic needs for its memory
     * @param policiesAtLeast devices that the policy needs
     */
    public static RunPlan spread(
            Recipe recipe,
            ModelConfig config,
            MemoryPlan memory,
            Assumptions assumed,
            int all,
            int criticsAtLeast,
            int policiesAtLeast) {
        RunPlan best = null;
        for (int critics = criticsAtLeast; critics < all; critics++) {
            for (int policies = policiesAtLeast; critics + policies < all; policies++) {
                RunPlan plan =
                        of(recipe, config, memory, assumed, new Devices(all - critics - policies, critics, policies));
                if (best == null || plan.seconds() < best.seconds()) {
                    best = plan;
                }
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("critic and policy need " + (criticsAtLeast + policiesAtLeast)
                    + " GPUs for their memory, and generation one more, but there are " + all);
        }
        return best;
    }

    /** Every part of the run, over all its rounds. */
    public List<RoundPart> work() {
        List<RoundPart> work = new ArrayList<>();
        for (StagePlan stage : stages) {
            work.addAll(stage.warmUp());
            stage.parts().forEach(part -> work.add(part.times(stage.rounds())));
        }
        work.add(evaluation);
        return work;
    }

    public double seconds() {
        return stages.stream().mapToDouble(StagePlan::seconds).sum() + evaluationSeconds;
    }

    public double operations() {
        return work().stream().mapToDouble(RoundPart::operations).sum();
    }

    public double tokens() {
        return work().stream().mapToDouble(RoundPart::tokens).sum();
    }
}
