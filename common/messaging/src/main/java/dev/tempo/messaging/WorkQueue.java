package dev.tempo.messaging;

import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A worker of a share group: takes messages of several topics by priority and keeps them locked for as long as its
 * handler works. What a dead worker held comes to another one when the lock runs out. A message that was delivered twice and
 * not finished is one of the {@link WorkQueues.Suspects}, before Kafka drops it silently.
 */
public final class WorkQueue extends LoopLifecycle {
    private final ReaderContext context;
    private final String group;
    private final Function<BooleanSupplier, Worker<?>> worker;
    private final LoopThread loop;

    WorkQueue(ReaderContext context, String group, Function<BooleanSupplier, Worker<?>> worker) {
        this.context = context;
        this.group = group;
        this.worker = worker;
        this.loop = context.loop(group, this::work);
    }

    private void work() {
        if (context.topics().await()) {
            Sessions.repeat(loop.name(), loop::running, this::session);
        }
    }

    private void session() {
        if (context.topics().shareFromTheBeginning(group, loop::running)) {
            try (Worker<?> session = worker.apply(loop::running)) {
                session.work();
            }
        }
    }

    @Override
    LoopThread loop() {
        return loop;
    }
}
