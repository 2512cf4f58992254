package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.springframework.util.FileSystemUtils;

/**
 * The broker's whole directory, gone.
 *
 * @param live whether under a broker that runs
 */
record LostBroker(boolean live) implements BrokerLoss {

    private static final int ATTEMPTS = 20;

    @Override
    public String words() {
        return live ? "delete the broker's directory, live" : "delete the broker's directory";
    }

    @Override
    public When when() {
        return live ? When.WHILE_IT_RUNS : When.AT_REST;
    }

    @Override
    public Strike strike(Path broker, Path place, RandomGenerator random) throws IOException {
        // A broker that writes meanwhile makes new files: what a person's rm -rf meets as well, and types again.
        for (int i = 0; i < ATTEMPTS && Files.exists(broker); i++) {
            try {
                FileSystemUtils.deleteRecursively(broker);
            } catch (IOException written) {
                Victim.pause();
            }
        }
        return Strike.of("deleted");
    }
}
