package dev.tempo.messaging.turn;

import dev.tempo.contract.UserException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ProducerFactory;

/**
 * The turns of writers that write what depends on what they have read. Of all processes at a broker, only who began its turn last can
 * write: Kafka's fencing of the producers that have one transactional id. So nobody writes over what it has not read, if it reads after
 * its turn began; and what a process wrote that died in its turn, nobody reads. Thread-safe.
 */
public final class Turns {
    /** The transactional id of whoever has a turn. A broker with access control has to allow Write and Describe on it. */
    public static final String TRANSACTIONAL_ID = "tempo-turn";

    /** What a process that dies in its turn has begun keeps readers from what comes after it for about as long. */
    private static final int TRANSACTION_MILLIS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    private final Map<String, Object> settings;

    Turns(ProducerFactory<String, byte[]> producers) {
        settings = new HashMap<>(producers.getConfigurationProperties());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, TRANSACTIONAL_ID);
        // a single record goes alone, and somebody else may begin a turn at any time
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    }

    /**
     * Begins a turn, which ends everybody else's. What they have written is on its topic then, or never will be.
     *
     * @return empty where somebody else began one at that time, or the broker does not answer for some seconds
     * @throws UserException if the broker does not allow it
     */
    public Optional<Turn> begin() {
        Producer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        Turn turn = new Turn(producer);
        try {
            producer.initTransactions();
            return Optional.of(turn);
        } catch (KafkaException failed) {
            turn.close();
            note("begun", failed);
            return Optional.empty();
        }
    }

    /** Tells in the log why something has to be done anew, and in words what cannot be. */
    static void note(String what, KafkaException failed) {
        Throwable reason = failed.getCause() instanceof KafkaException cause ? cause : failed;
        if (reason instanceof AuthorizationException) {
            throw new UserException(
                    "the broker does not allow it: " + reason.getMessage()
                            + "; what changes a run needs Write and Describe on the transactional id "
                            + TRANSACTIONAL_ID,
                    reason);
        }
        LOG.atInfo().addKeyValue("reason", reason.toString()).log("a turn at writing could not be {}", what);
    }
}
