package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** A loss of what the broker holds, while nothing runs. */
interface BrokerLoss extends Fault {

    @Override
    default String family() {
        return "broker loss";
    }

    @Override
    default When when() {
        return When.AT_REST;
    }

    @Override
    default boolean mayStopTheRun() {
        return true;
    }

    @Override
    default Strike strike(Victim victim, RandomGenerator random) throws IOException {
        Path directory = victim.workspace().broker();
        return Files.isDirectory(directory) ? strike(directory, victim.root(), random) : Strike.of("there was none");
    }

    /**
     * Does it.
     *
     * @param broker the broker's directory
     * @param place where copies may be kept
     */
    Strike strike(Path broker, Path place, RandomGenerator random) throws IOException;
}
