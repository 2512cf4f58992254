package dev.tempo.standalone.chaos;

/** What came of a fault. */
enum FaultOutcome {
    /** The run went on by itself, or was resumed where the fault had ended it, in the undisturbed bits. */
    EQUAL("equal bits", true),
    /** The run stopped and said why; after the remedy and {@code --resume} it went on in the undisturbed bits. */
    STATED("stated, then equal", true),
    /** This machine does not allow the fault, or the run has nothing that it could strike. */
    IMPOSSIBLE("not possible here", true),
    /** As STATED, of a fault that a run has to survive by itself. */
    STOPPED("STOPPED", false),
    /** The run ended without a word, or could not be brought to its end. */
    LOST("LOST", false),
    /** The run went on in other bits and did not say so. */
    DIFFERENT("SILENTLY DIFFERENT", false),
    /** For longer than the patience nothing went on and nothing named the reason. */
    UNEXPLAINED("UNEXPLAINED WAIT", false);

    private final String words;
    private final boolean good;

    FaultOutcome(String words, boolean good) {
        this.words = words;
        this.good = good;
    }

    /** The verdict on a run that was struck by faults of a kind, where this came of it. */
    FaultOutcome of(String kind) {
        return this == STATED && !FaultKinds.mayStopTheRun(kind) ? STOPPED : this;
    }

    boolean isGood() {
        return good;
    }

    @Override
    public String toString() {
        return words;
    }
}
