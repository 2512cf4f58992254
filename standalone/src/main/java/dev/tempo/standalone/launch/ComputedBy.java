package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import dev.tempo.eval.report.Provenance;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** Notes of a launcher in a run's directory, for whoever writes the report: the machine, and what the system takes of it. */
final class ComputedBy {
    private final RunDirectory directory;
    /** What earlier launches of the run took, as far as they had noted it. */
    private final double before;

    ComputedBy(RunDirectory directory, Provenance by) {
        this.directory = directory;
        write(directory.provenance(), Wire.write(by));
        before = noted(directory.systemCpu());
        cpu(Duration.ZERO);
    }

    private static double noted(Path file) {
        try {
            return Files.exists(file)
                    ? Double.parseDouble(Files.readString(file).strip())
                    : 0;
        } catch (IOException | NumberFormatException damaged) {
            return 0;
        }
    }

    /** @param taken by broker and services since they were started by this launch */
    void cpu(Duration taken) {
        write(directory.systemCpu(), (before + taken.toMillis() / 1000.0 + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, byte[] text) {
        try {
            Path beside = Files.write(file.resolveSibling("." + file.getFileName()), text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UserException(file + " cannot be written: " + FileTrouble.words(unwritable));
        }
    }
}
