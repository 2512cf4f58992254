package dev.tempo.model.replay;

import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.Sequence;
import dev.tempo.model.training.CriticLossSettings;
import dev.tempo.model.training.CriticMiniBatch;
import dev.tempo.model.training.NonFiniteException;
import dev.tempo.model.training.PolicyLossSettings;
import dev.tempo.model.training.PolicyMiniBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal of the steps that a trainer has taken since its checkpoint. It becomes a file when a number is not finite, so
 * that the steps can be taken again elsewhere. Mini-batches are held, not copied. One thread owns it.
 */
public final class StepJournal {
    private final String run;
    private final String model;
    private final Path directory;
    private final Supplier<StepOrigin> origin;
    private final List<Supplier<RecordedStep>> steps = new ArrayList<>();
    private @Nullable Optimizer reset;

    /**
     * Makes an empty journal.
     *
     * @param model {@code policy} or {@code critic}
     * @param directory where files are written
     * @param origin the weights that the steps begin with; asked for only where a file is written
     */
    public StepJournal(String run, String model, Path directory, Supplier<StepOrigin> origin) {
        this.run = run;
        this.model = model;
        this.directory = directory;
        this.origin = origin;
    }

    /** Forgets all steps: the checkpoint holds what they have made. */
    public void begin() {
        steps.clear();
        reset = null;
    }

    /** Notes that the optimizer has forgotten its moments and has other settings. */
    public void optimizerReset(Optimizer settings) {
        reset = settings;
    }

    /** Notes a step that is about to be taken. */
    public void add(PolicyMiniBatch batch, PolicyLossSettings loss) {
        steps.add(() -> RecordedStep.of(batch, loss));
    }

    /** Notes a step that is about to be taken. */
    public void add(CriticMiniBatch batch, CriticLossSettings loss) {
        steps.add(() -> RecordedStep.of(batch, loss));
    }

    /**
     * Writes the steps to a file.
     *
     * @param batch where in the round the number was found, in words
     * @param measured sequences that were measured last, where that gave the number
     * @return a sentence for the run's user: which file, and what to do with it
     */
    public String keep(int round, String batch, NonFiniteException found, List<Sequence> measured) {
        String name =
                model + "-round-" + round + "-" + batch.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        Path file = directory.resolve(name + ".json");
        try {
            StepOrigin from = origin.get();
            Optimizer fresh = reset;
            new TakenSteps(
                            run,
                            model,
                            round,
                            batch,
                            found.tensor(),
                            String.valueOf(found.getMessage()),
                            fresh == null ? from : from.withReset(fresh),
                            steps.stream().map(Supplier::get).toList(),
                            measured.stream().map(StepRow::of).toList())
                    .write(file);
            return "./tempo replay " + file + " takes the step again and says what it was fed";
        } catch (RuntimeException unwritable) { // the run stops all the same, for the reason that was found
            return "what it was fed could not be kept: " + unwritable.getMessage();
        }
    }
}
