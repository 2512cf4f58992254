package dev.tempo.messaging.letters;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** The way through a topic of dead letters, from its beginning to where it ended when the reading began. */
final class LetterReader {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private LetterReader() {}

    /**
     * Hands over the letters in their order.
     *
     * @param consumer that belongs to no group
     * @return the offset that the next letter will have
     * @throws TimeoutException if the broker does not answer, or gives no further letter for {@link #PATIENCE}
     */
    static long read(
            Consumer<String, byte[]> consumer,
            TopicPartition letters,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> reader) {
        consumer.assign(List.of(letters));
        consumer.seekToBeginning(List.of(letters));
        long end = consumer.endOffsets(List.of(letters), PATIENCE).getOrDefault(letters, 0L);
        long next = consumer.position(letters, PATIENCE);
        long progress = System.nanoTime();
        while (next < end) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    reader.accept(record);
                }
            }
            long position = consumer.position(letters, PATIENCE);
            if (position > next) {
                next = position;
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                throw new TimeoutException("no letter of " + letters.topic() + " came for " + PATIENCE.toSeconds()
                        + " seconds, but there are more");
            }
        }
        return end;
    }
}
