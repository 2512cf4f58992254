package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.random.RandomGenerator;
import org.springframework.util.FileSystemUtils;

/** The broker's whole directory, gone while nothing runs. */
record LostBroker() implements Fault {

    @Override
    public String words() {
        return "delete the broker's directory";
    }

    @Override
    public String family() {
        return "broker loss";
    }

    @Override
    public When when() {
        return When.AT_REST;
    }

    @Override
    public Strike strike(Victim victim, RandomGenerator random) throws IOException {
        Path directory = victim.workspace().broker();
        if (!Files.isDirectory(directory)) {
            return Strike.of("there was none");
        }
        Path aside = directory.resolveSibling("aside-" + random.nextInt(1_000_000));
        Files.move(directory, aside, StandardCopyOption.ATOMIC_MOVE);
        return Strike.of("deleted").undoneBy(() -> {
            if (Files.exists(aside)) {
                FileSystemUtils.deleteRecursively(directory);
                Files.move(aside, directory, StandardCopyOption.ATOMIC_MOVE);
            }
        });
    }
}
