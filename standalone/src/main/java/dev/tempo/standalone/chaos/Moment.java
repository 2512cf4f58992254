package dev.tempo.standalone.chaos;

import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** The moment at which a fault strikes. */
enum Moment {
    AT_RANDOM("at random") {
        @Override
        boolean has(Victim victim, double seconds, double drawn) {
            return seconds > drawn * 4;
        }
    },
    CHECKPOINT_BEING_WRITTEN("in a checkpoint") {
        @Override
        boolean has(Victim victim, double seconds, double drawn) {
            RunDirectory files = victim.files();
            return files.policy().isCheckpointBeingWritten() || files.critic().isCheckpointBeingWritten();
        }
    },
    /** The trainer has its checkpoint, and nobody has read of the version yet. */
    CHECKPOINT_WRITTEN("checkpoint, no version") {
        @Override
        boolean has(Victim victim, double seconds, double drawn) throws IOException {
            Path checkpoint = victim.files().policy().checkpoint();
            return Files.exists(checkpoint)
                    && Files.getLastModifiedTime(checkpoint).toInstant().isAfter(victim.newestVersionAt());
        }
    },
    MEASURING("in an evaluation") {
        @Override
        boolean has(Victim victim, double seconds, double drawn) {
            int version = victim.version();
            return version >= 0
                    && victim.recipe().evaluates(version)
                    && victim.child().measured() < version;
        }
    },
    /** A version of the test-time stage is there, but the critic that its round needs is not. */
    RECALIBRATING("in the E-step") {
        @Override
        boolean has(Victim victim, double seconds, double drawn) {
            int version = victim.version();
            return version > 0
                    && version < victim.recipe().rounds()
                    && victim.recipe().stageOf(version).recalibration() != null
                    && !Files.exists(victim.files().critic().version(version));
        }
    },
    STARTING("while it starts") {
        @Override
        void begin(Victim victim, RandomGenerator random) throws IOException, InterruptedException {
            victim.killAll();
            victim.resume();
        }

        @Override
        boolean has(Victim victim, double seconds, double drawn) {
            return seconds > 2 + drawn * 12;
        }
    },
    STOPPING("while it stops") {
        @Override
        void begin(Victim victim, RandomGenerator random) {
            victim.child().interrupt();
        }

        @Override
        boolean has(Victim victim, double seconds, double drawn) {
            return seconds > drawn * 2;
        }
    },
    THE_END("before the report") {
        @Override
        boolean has(Victim victim, double seconds, double drawn) {
            return victim.version() == victim.recipe().rounds()
                    && victim.child().isAlive();
        }
    };

    private final String words;

    Moment(String words) {
        this.words = words;
    }

    /** Brings the moment about, where it does not come by itself. */
    void begin(Victim victim, RandomGenerator random) throws IOException, InterruptedException {}

    /**
     * Whether it is now.
     *
     * @param seconds since it was begun
     * @param drawn between 0 and 1
     */
    abstract boolean has(Victim victim, double seconds, double drawn) throws IOException;

    /** Whether a fault may be wanted at this moment. */
    boolean suits(Fault fault) {
        return switch (fault.when()) {
            case BEFORE_IT_BEGINS -> this == AT_RANDOM;
            case WHILE_THE_BROKER_ANSWERS -> this != STARTING && this != STOPPING && this != THE_END;
            case WHILE_IT_RUNS, AT_REST -> true;
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
