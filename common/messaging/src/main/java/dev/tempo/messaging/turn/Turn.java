package dev.tempo.messaging.turn;

import dev.tempo.contract.Topic;
import dev.tempo.contract.UserException;
import dev.tempo.messaging.PublishException;
import dev.tempo.messaging.Publisher;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** A turn at writing, see {@link Turns}. For one thread. */
public final class Turn implements AutoCloseable {
    private final Producer<String, byte[]> producer;

    Turn(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Writes a message, if nobody else has begun a turn since. One message a turn.
     *
     * @return whether it is written; after false it is not, unless the broker's answer was lost, and another turn tells
     * @throws PublishException if it is longer than what is read
     * @throws UserException if the broker does not allow it
     */
    public <V> boolean write(Topic<V> topic, V message) {
        ProducerRecord<String, byte[]> record = Publisher.record(topic, message);
        try {
            producer.beginTransaction();
            producer.send(record);
            producer.commitTransaction();
            return true;
        } catch (KafkaException failed) {
            Turns.note("used", failed);
            return false;
        }
    }

    /** Ends the turn at once; what is not written by then is left to the broker, which forgets it. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
