package dev.tempo.messaging;

import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A reader's sessions with one Kafka client after another: a client that fails is replaced after a pause. */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    /** A broker that has just come to itself answers a worker's fetch with a coordinator that is not available. */
    private static final String UNEXPECTED = "Unexpected error code";

    private static final long PAUSE_MILLIS = 1_000;

    private Sessions() {}

    /**
     * Runs sessions until told to stop. Only what Kafka throws is survived, but for a wrong setting: its own exceptions, and
     * the one by which its clients say that a broker answered with an error that they did not expect.
     */
    static void repeat(String reader, BooleanSupplier running, Runnable session) {
        while (running.getAsBoolean()) {
            try {
                session.run();
            } catch (ConfigException e) {
                throw e;
            } catch (KafkaException | IllegalStateException e) {
                if (e instanceof IllegalStateException
                        && !String.valueOf(e.getMessage()).startsWith(UNEXPECTED)) {
                    throw e;
                }
                if (!running.getAsBoolean()) {
                    return;
                }
                LOG.atWarn()
                        .addKeyValue("reader", reader)
                        .addKeyValue("reason", e.toString())
                        .log("a reader lost its Kafka client and starts another one");
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
