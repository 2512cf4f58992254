package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.random.RandomGenerator;
import org.springframework.util.FileSystemUtils;

/** The broker's whole directory, gone while nothing runs. */
record LostBroker() implements BrokerLoss {

    @Override
    public String words() {
        return "delete the broker's directory";
    }

    @Override
    public Strike strike(Path broker, Path place, RandomGenerator random) throws IOException {
        Path aside = broker.resolveSibling("aside-" + random.nextInt(1_000_000));
        Files.move(broker, aside, StandardCopyOption.ATOMIC_MOVE);
        return Strike.of("deleted").undoneBy(() -> {
            if (Files.exists(aside)) {
                FileSystemUtils.deleteRecursively(broker);
                Files.move(aside, broker, StandardCopyOption.ATOMIC_MOVE);
            }
        });
    }
}
