package dev.tempo.standalone.progress;

import java.nio.file.Path;
import java.util.Map;

/** A program that tells a view of a run and is stopped, for a terminal that a test makes. */
final class Watched {
    private Watched() {}

    public static void main(String[] arguments) {
        WordsView view = new WordsView(Screen.ofThisProcess(), false, java.time.Instant::now);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            view.stopping();
            pause();
            view.stopped("r");
        }));
        view.underWay("starting the broker (Kafka)");
        view.begin(
                Told.run(Told.QUICKSTART),
                Told.journal(Told.QUICKSTART),
                Path.of("/runs/r/logs"),
                "http://127.0.0.1:8085");
        view.published(Told.version(41, Map.of()));
        view.measured(Told.report(40, "unlabeled", "holdout"));
        view.draw();
        System.exit(0);
    }

    /** As a run's services take to stop; other hooks have ended by then. */
    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
