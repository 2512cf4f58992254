package dev.tempo.standalone.command;

import dev.tempo.model.training.Pretrainer;
import dev.tempo.model.training.StepStats;
import java.util.Locale;
import java.util.function.Consumer;

/** The progress of pretraining in words, every hundredth step. */
final class PretrainingProgress implements Pretrainer.Progress {
    private static final int INTERVAL = 100;

    private final Consumer<String> told;
    private final int steps;

    /** @param steps of the whole training */
    PretrainingProgress(Consumer<String> told, int steps) {
        this.told = told;
        this.steps = steps;
    }

    @Override
    public void step(int step, StepStats stats) {
        int done = step + 1;
        if (done % INTERVAL == 0 || done == steps) {
            told.accept(String.format(Locale.ROOT, "pretraining: step %d of %d, loss %.4f", done, steps, stats.loss()));
        }
    }
}
