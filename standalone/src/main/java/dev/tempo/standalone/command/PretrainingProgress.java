package dev.tempo.standalone.command;

import dev.tempo.model.training.Pretrainer;
import dev.tempo.model.training.StepStats;
import dev.tempo.standalone.quickstart.BaseModel;
import java.util.Locale;
import java.util.function.Consumer;

/** The progress of pretraining in words, every hundredth step. */
final class PretrainingProgress implements Pretrainer.Progress {
    private static final int INTERVAL = 100;

    private final Consumer<String> told;

    PretrainingProgress(Consumer<String> told) {
        this.told = told;
    }

    @Override
    public void step(int step, StepStats stats) {
        int done = step + 1;
        if (done % INTERVAL == 0 || done == BaseModel.steps()) {
            told.accept(String.format(
                    Locale.ROOT, "pretraining: step %d of %d, loss %.4f", done, BaseModel.steps(), stats.loss()));
        }
    }
}
