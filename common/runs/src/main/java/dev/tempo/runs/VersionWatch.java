package dev.tempo.runs;

import java.nio.file.Path;

/**
 * A trainer's watch over the files of its newest version: when to read them whole again. That is due when names, sizes or times
 * in the directory are others than when they were whole; and when nothing has come to the trainer for many looks, since somebody may
 * be waiting for a file in which a bit is flipped and nothing else. Not thread-safe.
 */
public final class VersionWatch {
    /** So many looks without news, and twice as many each time after that. */
    private static final int LOOKS = 30;

    private String listing = "";
    private int looks;

    /** One look at the version's directory. */
    public boolean isDue(Path version) {
        looks++;
        boolean waitedLong = looks % LOOKS == 0 && Integer.bitCount(looks / LOOKS) == 1;
        return waitedLong || !listing.equals(TrainerFiles.listing(version));
    }

    /** The version's files have been read, or written, and are whole. */
    public void whole(Path version) {
        listing = TrainerFiles.listing(version);
    }

    /** Something has come to the trainer: nobody waits for its version. */
    public void news() {
        looks = 0;
    }
}
