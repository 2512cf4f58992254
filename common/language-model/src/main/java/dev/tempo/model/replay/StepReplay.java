package dev.tempo.model.replay;

import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.Sequence;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.Critic;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.training.CriticTrainer;
import dev.tempo.model.training.FiniteNumbers;
import dev.tempo.model.training.NonFiniteException;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.StepStats;
import dev.tempo.model.training.TrainingMethod;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Steps of a file taken again, in the order in which a trainer takes them, until a number is not finite. */
public final class StepReplay {
    private final TakenSteps taken;
    private final Consumer<String> told;

    private StepReplay(TakenSteps taken, Consumer<String> told) {
        this.taken = taken;
        this.told = told;
    }

    /**
     * Takes the steps of a file.
     *
     * @param told told each step's measurements, in a line
     * @return what was found first not to be finite, in words; empty where everything is finite here
     * @throws UserException if the weights that the steps began with are missing or others
     */
    public static Optional<NonFiniteException> of(TakenSteps taken, Consumer<String> told) {
        return new StepReplay(taken, told).run();
    }

    /**
     * A trainer, or a model that is only measured.
     *
     * @param notFinite the first of its numbers that is not finite, in words
     * @param measure log-probabilities or values of sequences
     */
    private record Retaken(
            Supplier<Optional<String>> notFinite,
            Function<List<Sequence>, List<float[]>> measure,
            Function<RecordedStep, StepStats> step,
            Runnable end)
            implements AutoCloseable {

        static Retaken of(PolicyTrainer trainer) {
            return new Retaken(
                    trainer::notFinite,
                    trainer::logProbs,
                    step -> trainer.step(step.policyBatch(), Objects.requireNonNull(step.policyLoss())),
                    trainer::close);
        }

        static Retaken of(CriticTrainer trainer) {
            return new Retaken(
                    trainer::notFinite,
                    trainer::values,
                    step -> trainer.step(step.criticBatch(), Objects.requireNonNull(step.criticLoss())),
                    trainer::close);
        }

        /** A version that was only loaded, which refuses weights that are not finite. */
        static Retaken measured(Function<List<Sequence>, List<float[]>> measure, Runnable end) {
            return new Retaken(
                    Optional::empty,
                    measure,
                    step -> {
                        throw new UserException("the file names a version and no checkpoint, but has steps to take");
                    },
                    end);
        }

        @Override
        public void close() {
            end.run();
        }
    }

    private Optional<NonFiniteException> run() {
        try (Retaken model = open()) {
            model.notFinite.get().ifPresent(found -> {
                throw new NonFiniteException(found.substring(0, found.indexOf(' ')), found);
            });
            told.accept("the weights of " + taken.origin().weights() + " are finite");
            for (int step = 0; step < taken.steps().size(); step++) {
                take(model, step);
            }
            measure(model, "after the steps", taken.measured());
            return Optional.empty();
        } catch (NonFiniteException found) {
            return Optional.of(found);
        }
    }

    private void take(Retaken model, int index) {
        RecordedStep step = taken.steps().get(index);
        String name = "step " + (index + 1) + " of " + taken.steps().size();
        fed("advantages", step, StepRow::advantages);
        fed("old log-probabilities", step, StepRow::oldLogProbs);
        fed("old values", step, StepRow::oldValues);
        if (index == taken.steps().size() - 1) {
            measure(model, "before " + name, step.rows());
            measure(model, "of what is rehearsed before " + name, step.rehearsal());
        }
        StepStats stats = model.step.apply(step);
        told.accept(String.format(
                Locale.ROOT,
                "%s: %d rows, %d tokens, loss %.6g, gradient norm %.6g; weights and moments are finite",
                name,
                step.rows().size(),
                stats.tokens(),
                stats.loss(),
                stats.gradientNorm()));
    }

    private static void fed(String what, RecordedStep step, Function<StepRow, @Nullable PackedNumbers> numbers) {
        List<float[]> rows = step.rows().stream()
                .map(row -> {
                    PackedNumbers packed = numbers.apply(row);
                    return packed == null ? new float[0] : packed.toArray();
                })
                .toList();
        FiniteNumbers.require(what, rows, row -> "row " + row + " of the mini-batch");
    }

    private void measure(Retaken model, String when, List<StepRow> rows) {
        if (!rows.isEmpty()) {
            String what = taken.ofPolicy() ? "log-probabilities" : "values";
            FiniteNumbers.require(
                    what,
                    model.measure.apply(rows.stream().map(StepRow::sequence).toList()),
                    row -> "row " + row + " " + when);
        }
    }

    private Retaken open() {
        StepOrigin origin = taken.origin();
        Path weights = Path.of(origin.weights());
        if (!Files.exists(weights)) {
            throw new UserException(
                    weights + " is missing; the steps began with it, and can be taken again only with it");
        }
        Optimizer optimizer = origin.optimizer();
        String sha256 = optimizer == null ? new ModelDirectory(weights).sha256() : StepOrigin.hash(weights);
        if (!sha256.equals(origin.sha256())) {
            throw new UserException(weights + " has SHA-256 " + sha256 + ", but the steps began with " + origin.sha256()
                    + ": the run has gone on since, or the file is damaged");
        }
        Path base = Path.of(origin.base());
        if (optimizer == null) {
            return measured(weights);
        }
        TrainingMethod method = TrainingMethod.of(origin.training());
        if (taken.ofPolicy()) {
            PolicyTrainer trainer = PolicyTrainer.restore(base, weights, method);
            if (origin.optimizerReset()) {
                trainer.resetOptimizer(optimizer);
            }
            return Retaken.of(trainer);
        }
        CriticTrainer trainer = CriticTrainer.restore(base, weights, method);
        if (origin.optimizerReset()) {
            trainer.resetOptimizer(optimizer);
        }
        return Retaken.of(trainer);
    }

    private Retaken measured(Path version) {
        if (taken.ofPolicy()) {
            Policy policy = Policy.load(version);
            return Retaken.measured(policy::logProbs, policy::close);
        }
        Critic critic = Critic.load(version);
        return Retaken.measured(critic::values, critic::close);
    }
}
