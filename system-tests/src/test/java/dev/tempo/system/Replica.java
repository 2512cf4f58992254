package dev.tempo.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One more instance of a service beside one that runs, started as that was. */
final class Replica implements AutoCloseable {
    private static final String PORT = "--server.port=";

    private final Process process;
    private final Path log;

    private Replica(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param port at which nothing listens */
    static Replica of(ServiceProcess original, int port, Path log) {
        List<String> command = new ArrayList<>(original.command());
        command.replaceAll(argument -> argument.startsWith(PORT) ? PORT + port : argument);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("OPT_OUT_TRACKING", "true");
        try {
            return new Replica(builder.start(), log);
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
    }

    ServiceProcess asSeenByTheSystem() {
        return new ServiceProcess(process.pid());
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
