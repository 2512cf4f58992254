package dev.tempo.standalone.progress;

/** The way in which a stopped run is gone on with. */
public enum Resumption {
    /** By {@code run --resume}. */
    BY_RESUME {
        @Override
        String words(String run) {
            return "go on with " + TypedCommand.name() + " run --resume " + run;
        }
    },
    /** By typing the same again, which does more than go on with the run. */
    BY_THE_SAME {
        @Override
        String words(String run) {
            return "the same command goes on with run " + run;
        }
    };

    abstract String words(String run);
}
