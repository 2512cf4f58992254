package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a fault did.
 *
 * @param done in words, for the table
 * @param possible whether this machine and this run allow it at all; if not, the words say why
 * @param lasts how long it goes on by itself; the time to recover begins behind it
 * @param remedy what an operator is told to do about it where the run stops: put a file back, free space
 * @param aftermath what is to be seen of it once the run has gone on, in words; empty where nothing is
 */
record Strike(String done, boolean possible, Duration lasts, Remedy remedy, Supplier<String> aftermath) {

    /** What undoes a fault. */
    interface Remedy {
        Remedy NONE = () -> {};

        void apply() throws IOException;
    }

    static Strike of(String done) {
        return new Strike(done, true, Duration.ZERO, Remedy.NONE, () -> "");
    }

    static Strike impossible(String why) {
        return new Strike(why, false, Duration.ZERO, Remedy.NONE, () -> "");
    }

    Strike lasting(Duration time) {
        return new Strike(done, possible, time, remedy, aftermath);
    }

    Strike undoneBy(Remedy undoing) {
        return new Strike(done, possible, lasts, undoing, aftermath);
    }

    Strike seenLater(Supplier<String> words) {
        return new Strike(done, possible, lasts, remedy, words);
    }
}
