package dev.tempo.messaging;

import dev.tempo.messaging.service.Cancellable;
import java.util.List;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The first step of a service's end, before any of its beans is stopped: its loops are told first, then what they compute is
 * cancelled, and nobody waits long for a broker any more.
 */
public final class StopSignal implements ApplicationListener<ContextClosedEvent> {
    private final ReaderContext context;
    private final TopicCreation topics;
    private final Publisher publisher;
    private final List<Cancellable> work;

    StopSignal(ReaderContext context, TopicCreation topics, Publisher publisher, List<Cancellable> work) {
        this.context = context;
        this.topics = topics;
        this.publisher = publisher;
        this.work = List.copyOf(work);
    }

    /** Tells the loops and returns at once: for several services in one process, of which all must know before one stops. */
    public void tellLoops() {
        context.loops().forEach(LoopThread::askToStop);
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        tellLoops();
        work.forEach(Cancellable::cancel);
        topics.close();
        publisher.hurry();
    }
}
