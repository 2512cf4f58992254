package dev.tempo.messaging;

import java.util.Map;
import org.springframework.context.SmartLifecycle;

/**
 * A trainer's single thread: reads one topic of which it alone owns the run's partition. Where it begins is the
 * trainer's checkpoint's business; Kafka's group only elects the owner and no offset is committed.
 */
public final class TrainerLoop<V> implements SmartLifecycle {

    /** Runs the event on the loop thread between two messages, at once when the loop is idle. From any thread. */
    public void post(Runnable event) {
        throw new UnsupportedOperationException();
    }

    /** The next offset of each partition owned; within {@link Trainer#on} the message at hand counts as read. Loop thread only. */
    public Map<Integer, Long> positions() {
        throw new UnsupportedOperationException();
    }

    /** Reads again from the given offsets where they lie before the present position. Loop thread only. */
    public void rewind(Map<Integer, Long> to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start() {}

    /** Returns when the loop's thread has ended: after the message or event at hand. */
    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
        return false;
    }
}
