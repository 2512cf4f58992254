package dev.tempo.standalone.progress;

import java.nio.file.Path;
import java.util.Map;

/** A program that tells a view of a run, for a terminal that a test makes. */
final class Watched {
    private Watched() {}

    public static void main(String[] arguments) {
        try (WordsView view = new WordsView(Screen.ofThisProcess(), false, java.time.Instant::now)) {
            view.underWay("starting the broker (Kafka)");
            view.begin(
                    Told.run(Told.QUICKSTART),
                    Told.journal(Told.QUICKSTART),
                    Path.of("/runs/r/logs"),
                    "http://127.0.0.1:8085");
            view.published(Told.version(41, Map.of()));
            view.measured(Told.report(40, "unlabeled", "holdout"));
            view.draw();
            view.stopping();
            view.stopped("r");
        }
    }
}
