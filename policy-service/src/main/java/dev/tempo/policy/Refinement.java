package dev.tempo.policy;

import dev.tempo.algorithm.rounds.MiniBatches;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.model.Sequence;
import dev.tempo.model.replay.StepJournal;
import dev.tempo.model.training.FiniteNumbers;
import dev.tempo.model.training.NonFiniteException;
import dev.tempo.model.training.PolicyMiniBatch;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.runs.RunStoppedException;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The M-step of Algorithm 1: the policy moves towards what the critic values,
 * L_policy = -E[ sum_t A_t log pi(y_t | x, y_<t) ] (Eq. 12), through a clipped ratio to the policy that wrote y.
 *
 * <p>A pure function of weights, optimizer state, recipe, round and rows: every random number is keyed.
 */
final class Refinement {
    private final PolicyTrainer policy;
    private final Rehearsal rehearsal;
    private final long seed;
    private final @Nullable StepJournal journal;

    Refinement(PolicyTrainer policy, Rehearsal rehearsal, long seed) {
        this(policy, rehearsal, seed, null);
    }

    /** @param journal which keeps the steps of a round whose numbers are not finite; null to keep none */
    Refinement(PolicyTrainer policy, Rehearsal rehearsal, long seed, @Nullable StepJournal journal) {
        this.policy = policy;
        this.rehearsal = rehearsal;
        this.seed = seed;
        this.journal = journal;
    }

    /**
     * One round: the weights of version k become those of version k + 1. Without any row that carries gradient nothing
     * moves.
     *
     * @param round k
     * @param valued every row of the round, sorted by id, with V(x, y_0) to V(x, y_n) and R
     * @throws RunStoppedException if a loss, log-probability, gradient, weight or moment is not finite, naming round,
     *     mini-batch and tensor
     */
    Update refine(int round, Stage stage, List<ValuedTrajectory> valued) {
        PolicyTraining settings = stage.policy();
        RefinementBatch batch = RefinementBatch.of(valued, settings.groupFilter());
        if (batch.isEmpty()) {
            return Update.unchanged(batch.counts()).because(RowReasons.of(valued));
        }
        List<float[]> advantages = batch.advantages(stage.advantage()); // A_t = R - V_t-1 (Eq. 11), whitened
        if (journal != null) {
            journal.begin();
        }
        List<float[]> oldLogProbs = OpenSpan.within(SpanKind.COMPUTATION, "old log-probabilities")
                .get(() -> policy.logProbs(batch.sequences())); // log pi_k(y_t | x, y_<t)
        requireFinite(oldLogProbs, batch, round, "before mini-batch 0");
        Update.Statistics statistics = new Update.Statistics();
        int miniBatch = 0;
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            try (OpenSpan ended = OpenSpan.within(SpanKind.COMPUTATION, "policy epoch " + (epoch + 1))) {
                for (List<Integer> rows : shuffled(batch, settings, round, epoch)) {
                    PolicyMiniBatch part = new PolicyMiniBatch(
                            pick(batch.sequences(), rows),
                            pick(oldLogProbs, rows),
                            PolicyLosses.scaled(pick(advantages, rows), pick(batch.sequences(), rows), settings),
                            rehearsed(settings, round, miniBatch));
                    try {
                        if (journal != null) {
                            journal.add(part, PolicyLosses.of(settings));
                        }
                        statistics.add(policy.step(part, PolicyLosses.of(settings))); // a step down L_policy (Eq. 12)
                    } catch (NonFiniteException e) {
                        throw stopped(round, "mini-batch " + miniBatch, e, List.of());
                    }
                    miniBatch++;
                }
            }
        }
        // Finite weights may still compute what is not: one sequence is tried before anybody gets them.
        requireFinite(
                policy.logProbs(batch.sequences().subList(0, 1)), batch, round, "after mini-batch " + (miniBatch - 1));
        double advantage = batch.meanAbsolute(advantages);
        Update update = statistics
                .update(batch.meanReward(), advantage, batch.gap(oldLogProbs), batch.counts())
                .with(new RoundResponses(valued).statistics());
        return advantage == 0 ? update.because(RowReasons.of(valued)) : update;
    }

    private void requireFinite(List<float[]> logProbs, RefinementBatch batch, int round, String when) {
        try {
            FiniteNumbers.require(
                    "log-probabilities",
                    logProbs,
                    row -> batch.rows().get(row).trajectory().id().toString());
        } catch (NonFiniteException e) {
            throw stopped(round, when, e, List.of(batch.sequences().get(e.row())));
        }
    }

    private RunStoppedException stopped(int round, String batch, NonFiniteException found, List<Sequence> measured) {
        String kept = journal == null ? "" : ". " + journal.keep(round, batch, found, measured);
        return new RunStoppedException("round " + round + ", " + batch + ": " + found.getMessage() + kept, found);
    }

    private List<List<Integer>> shuffled(RefinementBatch batch, PolicyTraining settings, int round, int epoch) {
        List<Integer> rows = IntStream.range(0, batch.rows().size()).boxed().toList();
        return MiniBatches.of(rows, settings.miniBatch(), seed, "policy", round, epoch);
    }

    private List<Sequence> rehearsed(PolicyTraining settings, int round, int miniBatch) {
        return settings.rehearsal() > 0 ? rehearsal.draw(seed, round, miniBatch, settings.rehearsalBatch()) : List.of();
    }

    private static <T> List<T> pick(List<T> all, List<Integer> rows) {
        List<T> picked = new ArrayList<>(rows.size());
        for (int row : rows) {
            picked.add(all.get(row));
        }
        return picked;
    }
}
