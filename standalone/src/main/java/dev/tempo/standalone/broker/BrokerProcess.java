package dev.tempo.standalone.broker;

import dev.tempo.messaging.process.ParentWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Main class of the broker process. Arguments: data directory, broker port, controller port. */
public final class BrokerProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private BrokerProcess() {}

    public static void main(String[] arguments) throws IOException {
        ParentWatch.start(PATIENCE);
        Path log = Path.of(arguments[0]);
        if (!Files.isDirectory(log)) {
            // the launcher makes it once; a broker that is started again must not begin another log
            throw new NoSuchFileException(log.toString(), null, "the broker's log is gone");
        }
        LocalBroker broker = new LocalBroker(log, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-stop"));
        broker.awaitShutdown();
    }
}
