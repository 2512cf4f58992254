package dev.tempo.messaging;

import dev.tempo.messaging.service.ServiceHealth;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Health of the messaging: whether the broker answers, the topics exist and every reader reads. */
final class BrokerHealth implements HealthIndicator {
    private static final int ANSWER_MILLIS = 2_000;

    private final Admin admin;
    private final ReaderContext context;

    BrokerHealth(Admin admin, ReaderContext context) {
        this.admin = admin;
        this.context = context;
    }

    @Override
    public Health health() {
        ServiceHealth health =
                ServiceHealth.up().detail("brokers", context.clients().bootstrapServers());
        for (LoopThread loop : context.loops()) {
            String failure = loop.failure();
            if (failure != null) {
                health.down(loop.name(), "stopped: " + failure);
            }
        }
        if (!context.topics().created()) {
            health.down("topics", "waiting for Kafka to create them");
        }
        try {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs(ANSWER_MILLIS))
                    .nodes()
                    .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            health.down("kafka", "no answer within " + ANSWER_MILLIS + " ms; is the broker running?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            health.down("kafka", "not asked: the thread was interrupted");
        }
        return health.answer();
    }
}
