package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * One member of a consumer group, in a container of Spring Kafka's: it commits what the handler has returned from, pauses the
 * partitions between attempts and goes on polling meanwhile. The thread of the loop starts the container when the topics are
 * there and stops it when the loop is to end.
 */
final class GroupListener<V> extends Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(GroupListener.class);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration AFTER_FAILED_POLL = Duration.ofSeconds(1);

    private final ReaderContext context;
    private final String group;
    private final Topic<V> topic;
    private final Consumer<List<V>> handler;

    GroupListener(ReaderContext context, String group, Topic<V> topic, Consumer<List<V>> handler) {
        super(context, group, topic.name());
        this.context = context;
        this.group = group;
        this.topic = topic;
        this.handler = handler;
    }

    @Override
    void read() {
        BatchPortions<V> portions = new BatchPortions<>(context, topic, group, handler);
        ConcurrentMessageListenerContainer<String, byte[]> container = container(portions);
        try {
            container.start();
            while (loop().running() && container.isRunning()) {
                Thread.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            container.stop();
        }
        if (loop().running()) {
            throw portions.failure(new IllegalStateException("its container has stopped, the log says why"));
        }
    }

    private ConcurrentMessageListenerContainer<String, byte[]> container(BatchPortions<V> portions) {
        ConcurrentMessageListenerContainer<String, byte[]> container =
                context.containers().createContainer(topic.name());
        container.setBeanName(loop().name());
        container.setConcurrency(1);
        container.setCommonErrorHandler(new PortionErrorHandler(portions));
        ContainerProperties settings = container.getContainerProperties();
        settings.setGroupId(group);
        settings.setClientId(context.clients().clientId(group));
        settings.setMessageListener(portions);
        settings.setAckMode(ContainerProperties.AckMode.BATCH);
        settings.setPollTimeoutWhilePaused(Duration.ofMillis(1));
        settings.setAuthExceptionRetryInterval(AFTER_FAILED_POLL);
        settings.setShutdownTimeout(Long.MAX_VALUE);
        // a commit that waited for a broker that is away would hold up the end of the service
        settings.setSyncCommits(false);
        settings.setCommitCallback((offsets, failed) -> {
            if (failed != null) {
                LOG.atDebug()
                        .addKeyValue("reader", group)
                        .addKeyValue("offsets", offsets.toString())
                        .setCause(failed)
                        .log("could not commit now: it is committed later, or the records come again");
            }
        });
        settings.setConsumerRebalanceListener(new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                catchUp();
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                // what was taken of them and not finished is dropped by the container
            }
        });
        return container;
    }

    /** Growing pauses between failures, a short one as often as it takes while a message waits for another topic. */
    private BackOff pauses(BatchPortions<V> portions) {
        return () -> {
            ExponentialBackOff growing =
                    new ExponentialBackOff(context.properties().backoff().toMillis(), 2);
            growing.setMaxInterval(Delivery.LONGEST_PAUSE.toMillis());
            growing.setMaxAttempts(context.properties().attempts() - 1);
            BackOffExecution failures = growing.start();
            return () -> portions.hasFailed() ? failures.nextBackOff() : Delivery.NOT_YET_PAUSE.toMillis();
        };
    }

    /** Spring's error handler, but for what it would do where it does not know which record failed. */
    private final class PortionErrorHandler extends DefaultErrorHandler {
        PortionErrorHandler(BatchPortions<V> portions) {
            super(context.deadLetters().of(group), pauses(portions));
            setSeekAfterError(false);
            setResetStateOnExceptionChange(false);
            setClassifications(Map.of(), true);
        }

        /** Without a record to blame everything comes again: Spring would put the whole batch into the dead letters in the end. */
        @Override
        @SuppressWarnings("unchecked") // the records are those of this container
        public <K, R> ConsumerRecords<K, R> handleBatchAndReturnRemaining(
                Exception thrown,
                ConsumerRecords<?, ?> batch,
                org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
                MessageListenerContainer container,
                Runnable invokeListener) {
            if (DeadLetters.ofHandler(thrown) == thrown) {
                LOG.atWarn()
                        .addKeyValue("reader", loop().name())
                        .setCause(thrown)
                        .log("what could not be finished is handed over again");
                return (ConsumerRecords<K, R>) batch;
            }
            return super.handleBatchAndReturnRemaining(thrown, batch, consumer, container, invokeListener);
        }

        @Override
        public void handleOtherException(
                Exception thrown,
                org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
                MessageListenerContainer container,
                boolean batchListener) {
            LOG.atWarn()
                    .addKeyValue("reader", loop().name())
                    .addKeyValue("reason", thrown.toString())
                    .log("could not read and tries again");
            try {
                ListenerUtils.stoppableSleep(container, AFTER_FAILED_POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
