package dev.tempo.standalone.command;

import dev.tempo.model.Pretraining;
import dev.tempo.model.StepStats;
import dev.tempo.standalone.quickstart.BaseModel;
import java.io.PrintStream;
import java.util.Locale;

/** Shows how far pretraining is: one line rewritten in a terminal, a line every hundred steps elsewhere. */
final class PretrainingProgress implements Pretraining.Progress {
    private final PrintStream out;
    private final boolean terminal;

    PretrainingProgress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void step(int step, StepStats stats) {
        int done = step + 1;
        boolean last = done == BaseModel.steps();
        if (done % (terminal ? 10 : 100) != 0 && !last) {
            return;
        }
        String line =
                String.format(Locale.ROOT, "pretraining step %d/%d, loss %.4f", done, BaseModel.steps(), stats.loss());
        out.print(terminal && !last ? "\r" + line : (terminal ? "\r" : "") + line + System.lineSeparator());
        out.flush();
    }
}
