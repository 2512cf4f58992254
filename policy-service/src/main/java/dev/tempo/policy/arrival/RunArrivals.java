package dev.tempo.policy.arrival;

import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Run;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.datasets.UnlabeledQuestions;
import dev.tempo.datasets.comparison.KnownQuestions;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.RunStoppedException;
import dev.tempo.runs.TrainerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The questions that arrive for one run, and the files that keep what was drawn: a draw is on disk before anybody hears of it, and whoever
 * trains next, from this checkpoint or the one before, finds it there. One thread owns it.
 */
public final class RunArrivals {
    private final Recipe recipe;
    private final ArrivalSettings settings;
    private final TrainerFiles files;
    private final ArrivedLog arrived;
    private final KnownQuestions known;
    private QuestionLedger ledger;

    private RunArrivals(
            Recipe recipe,
            ArrivalSettings settings,
            TrainerFiles files,
            ArrivedLog arrived,
            KnownQuestions known,
            QuestionLedger ledger) {
        this.recipe = recipe;
        this.settings = settings;
        this.files = files;
        this.arrived = arrived;
        this.known = known;
        this.ledger = ledger;
    }

    /**
     * The questions of a run that stands at a version; null where its recipe awaits none.
     *
     * @throws RunStoppedException if what was kept with the version cannot be read
     */
    public static @Nullable RunArrivals of(Run run, int version, TrainerFiles files, ArrivedLog arrived) {
        ArrivalSettings settings = run.recipe().data().arriving();
        if (settings == null) {
            return null;
        }
        KnownQuestions known = KnownQuestions.read(RunDirectory.of(run).knownQuestions());
        Path kept = files.arrived(version);
        QuestionLedger ledger;
        if (Files.exists(kept)) {
            ledger = QuestionLedger.restore(run.recipe(), settings, read(kept, version), known);
        } else if (version == run.firstVersion()) {
            UnlabeledFile file = run.recipe().data().unlabeled();
            ledger = QuestionLedger.begin(
                    run.recipe(), settings, file == null ? List.of() : UnlabeledQuestions.read(file), known);
        } else {
            throw new RunStoppedException(kept + " is gone, which says what has arrived and been drawn until version "
                    + version + "; put it back, or compute the run anew");
        }
        return new RunArrivals(run.recipe(), settings, files, arrived, known, ledger);
    }

    private static LedgerState read(Path kept, int version) {
        try {
            LedgerState state = Wire.read(LedgerState.class, Files.readAllBytes(kept));
            if (state.version() != version) {
                throw new IllegalArgumentException("it is of version " + state.version());
            }
            return state;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(kept + " cannot be read", unreadable);
        } catch (RuntimeException damaged) {
            throw new RunStoppedException(kept + " is damaged (" + damaged.getMessage()
                    + "); put it back from a copy, or compute the run anew");
        }
    }

    /** What the round of the present version draws; null before it is drawn. */
    public @Nullable DrawnQuestions drawn() {
        return ledger.drawn();
    }

    /** Whether the round of the present version is drawn now; it is on disk then. */
    public boolean draw(int version) {
        if (ledger.drawn() != null || !arrived.isCaughtUp()) {
            return false;
        }
        ledger.takeIn(arrived);
        if (!ledger.draw(recipe.stageOf(version), version - recipe.firstRoundOf(recipe.stageOf(version)))) {
            return false;
        }
        keep(version);
        return true;
    }

    /** The questions that the round waits for, in words. */
    public String awaited(int version) {
        int missing = Math.max(1, ledger.missing(recipe.stageOf(version)));
        String left = ledger.leftOut().isEmpty()
                ? ""
                : "; left out so far: "
                        + ledger.leftOut().entrySet().stream()
                                .map(reason -> reason.getValue() + " (" + reason.getKey() + ")")
                                .collect(Collectors.joining(", "));
        return "round " + version + " waits for " + missing + " more question" + (missing == 1 ? "" : "s")
                + " that nobody has asked before" + left;
    }

    /**
     * A round is over: its questions are known by their rewards from now on. Where this was done before, for a checkpoint that is lost,
     * what was drawn then stays.
     *
     * @param next the version that the round made
     * @param rows of the round
     */
    public void learned(int next, List<ValuedTrajectory> rows) {
        Path kept = files.arrived(next);
        if (Files.exists(kept)) {
            ledger = QuestionLedger.restore(recipe, settings, read(kept, next), known);
            return;
        }
        ledger.learned(rows.stream()
                .filter(row ->
                        row.reward() != null && row.trajectory().id().request().purpose() == Purpose.UNLABELED)
                .collect(Collectors.groupingBy(
                        row -> row.trajectory().id().request().question(),
                        TreeMap::new,
                        Collectors.averagingDouble(row -> Objects.requireNonNull(row.reward())))));
        keep(next);
    }

    private void keep(int version) {
        files.writeArrived(version, Wire.write(ledger.state(version)));
    }
}
