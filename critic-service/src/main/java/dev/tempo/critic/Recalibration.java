package dev.tempo.critic;

import dev.tempo.algorithm.CriticQuality;
import dev.tempo.algorithm.rounds.MiniBatches;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.CriticLabel;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.model.Sequence;
import dev.tempo.model.replay.StepJournal;
import dev.tempo.model.training.CriticLossSettings;
import dev.tempo.model.training.CriticMiniBatch;
import dev.tempo.model.training.CriticTrainer;
import dev.tempo.model.training.FiniteNumbers;
import dev.tempo.model.training.NonFiniteException;
import dev.tempo.model.training.StepStats;
import dev.tempo.runs.RunStoppedException;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The E-step: fits the critic's values, from the prompt's end to the last token, to the outcomes that judges found (Eq. 6).
 * Warm-up and the critic's half of a supervised round are the same fit.
 *
 * @param seed of the run; with the batch's key it fixes the order of mini-batches
 */
record Recalibration(CriticTraining settings, long seed) {
    private static final List<String> BEFORE_THE_FIT =
            List.of("brier", "posterior.gap", "posterior.gap.infinite", "outcome");

    /**
     * Learns from one batch.
     *
     * @param batch sorted by id; empty where nobody could judge anything, and then nothing changes
     * @param journal which keeps the steps if a number is not finite
     * @return what it measured, empty for an empty batch
     * @throws RunStoppedException naming round, mini-batch and tensor when a loss, value, gradient, weight or moment is not
     *     finite
     */
    Map<String, Double> recalibrate(CriticTrainer critic, List<Example> batch, BatchKey key, StepJournal journal) {
        Map<String, Double> statistics = new TreeMap<>();
        if (batch.isEmpty()) {
            return statistics;
        }
        statistics.put("brier", brier(batch).orElseThrow());
        putPosteriorGap(batch, statistics);
        statistics.put(
                "outcome", batch.stream().mapToDouble(this::share).average().orElseThrow());
        CriticLossSettings loss = settings.loss() == ValueLossKind.CLIPPED
                ? CriticLossSettings.clipped(settings.clip(), Aggregation.TOKEN_MEAN)
                : CriticLossSettings.squaredError();
        boolean warmUp = key.purpose() == Purpose.WARM_UP;
        int steps = 0;
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            List<List<Example>> miniBatches = MiniBatches.of(
                    batch,
                    settings.miniBatch(),
                    seed,
                    warmUp ? "critic/warm-up" : "critic",
                    warmUp ? key.step() : key.round(),
                    epoch);
            try (OpenSpan ended = OpenSpan.within(SpanKind.COMPUTATION, "critic epoch " + (epoch + 1))) {
                for (int part = 0; part < miniBatches.size(); part++) {
                    StepStats step = step(critic, miniBatches.get(part), loss, key, epoch, part, journal);
                    steps++;
                    statistics.merge("loss", step.loss(), Double::sum);
                    statistics.merge("gradient.norm", step.gradientNorm(), Double::sum);
                    statistics.merge("clip.fraction", step.clipFraction(), Double::sum);
                }
            }
        }
        tryOut(critic, batch.get(0), key, journal);
        for (String mean : List.of("loss", "gradient.norm", "clip.fraction")) {
            double divisor = steps;
            statistics.computeIfPresent(mean, (name, sum) -> sum / divisor);
        }
        return statistics;
    }

    /**
     * The statistics of a repeated E-step with what the round's first one measured before it fitted: how good the critic was when the
     * round began.
     */
    static Map<String, Double> asOfTheFirst(Map<String, Double> first, Map<String, Double> repeated) {
        Map<String, Double> all = new TreeMap<>(repeated);
        BEFORE_THE_FIT.forEach(name -> {
            all.remove(name);
            if (first.containsKey(name)) {
                all.put(name, first.get(name));
            }
        });
        return all;
    }

    /** The Brier score of the last values of a batch before the fit; empty for an empty batch. */
    OptionalDouble brier(List<Example> batch) {
        return batch.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(CriticQuality.brier(confidences(batch), correct(batch)));
    }

    /** Finite weights may still compute what is not: one trajectory is valued before anybody gets them. */
    private static void tryOut(CriticTrainer critic, Example example, BatchKey key, StepJournal journal) {
        List<Sequence> one = List.of(Example.sequence(example.trajectory()));
        try {
            FiniteNumbers.require(
                    "values",
                    critic.values(one),
                    row -> example.trajectory().id().toString());
        } catch (NonFiniteException notFinite) {
            throw stopped(key, "after the last mini-batch", notFinite, journal, one);
        }
    }

    /** The reason, in words, why a run stops at a number that is not finite. */
    static RunStoppedException stopped(
            BatchKey key, String where, NonFiniteException found, StepJournal journal, List<Sequence> measured) {
        String step = key.purpose().word() + " step " + key.step();
        return new RunStoppedException(
                "round " + key.round() + " (" + step + "), " + where + " of the critic: " + found.getMessage() + ". "
                        + journal.keep(key.round(), step + ", " + where, found, measured),
                found);
    }

    private static StepStats step(
            CriticTrainer critic,
            List<Example> rows,
            CriticLossSettings loss,
            BatchKey key,
            int epoch,
            int part,
            StepJournal journal) {
        CriticMiniBatch miniBatch = new CriticMiniBatch(
                rows.stream().map(row -> Example.sequence(row.trajectory())).toList(),
                rows.stream().map(row -> (float) row.target()).toList(),
                rows.stream().map(row -> row.before().toArray()).toList());
        journal.add(miniBatch, loss);
        try {
            return critic.step(miniBatch, loss);
        } catch (NonFiniteException notFinite) {
            throw stopped(key, "epoch " + epoch + ", mini-batch " + part, notFinite, journal, List.of());
        }
    }

    /**
     * The mean gap of the questions that have a right response with some value, and the share of those with a right response
     * of which none has any: their gap is infinite.
     */
    private void putPosteriorGap(List<Example> batch, Map<String, Double> statistics) {
        Map<RequestId, List<Example>> questions = new LinkedHashMap<>();
        for (Example example : batch) {
            questions
                    .computeIfAbsent(example.trajectory().id().request(), first -> new ArrayList<>())
                    .add(example);
        }
        double sum = 0;
        int finite = 0;
        int answerable = 0;
        for (List<Example> question : questions.values()) {
            double gap = CriticQuality.posteriorGap(confidences(question), correct(question));
            if (question.stream().anyMatch(example -> share(example) > 0.5)) {
                answerable++;
                finite += Double.isFinite(gap) ? 1 : 0;
                sum += Double.isFinite(gap) ? gap : 0;
            }
        }
        if (finite > 0) {
            statistics.put("posterior.gap", sum / finite);
        }
        if (answerable > 0) {
            statistics.put("posterior.gap.infinite", (answerable - finite) / (double) answerable);
        }
    }

    /** V_n of each, as a probability, before the fit. */
    private double[] confidences(List<Example> batch) {
        return batch.stream()
                .mapToDouble(example -> example.before().get(example.before().length() - 1))
                .map(last -> settings.label() == CriticLabel.ZERO_ONE ? last : (last + 1) / 2)
                .toArray();
    }

    private boolean[] correct(List<Example> batch) {
        boolean[] correct = new boolean[batch.size()];
        for (int row = 0; row < correct.length; row++) {
            correct[row] = share(batch.get(row)) > 0.5;
        }
        return correct;
    }

    private double share(Example example) {
        return settings.label() == CriticLabel.ZERO_ONE ? example.target() : (example.target() + 1) / 2;
    }
}
