package dev.tempo.critic.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.critic.Valuation;
import dev.tempo.critic.Valued;
import dev.tempo.messaging.Broker;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What waits to be valued, on a real broker, by a critic that breaks down over some questions. */
@SpringBootTest(
        classes = PendingValuationTest.Service.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "spring.application.name=pending")
@Import(Broker.class)
class PendingValuationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {}

    @Autowired
    private Publisher publisher;

    @Autowired
    private Subscriptions subscriptions;

    private final Map<Long, String> refused = new TreeMap<>();
    private final List<String> valued = new CopyOnWriteArrayList<>();
    private final Map<String, String> reasons = new ConcurrentHashMap<>();

    @Test
    void oneThatAlwaysFailsTakesNobodyWithItAndEndsAsAFailureWithItsReason() throws InterruptedException {
        Subscription reader = subscriptions.everything(Topics.VALUED_TRAJECTORIES, row -> {
            RequestId request = row.trajectory().id().request();
            if (request.run().equals("pending")) {
                valued.add(request.question());
                reasons.put(request.question(), String.valueOf(row.missing()));
            }
        });
        reader.start();
        try (PendingValuation<Trajectory> pending = new PendingValuation<>(
                PendingValuationTest::valued,
                Valuation::failed,
                (partition, offset, reason) -> refused.put(offset, reason),
                publisher,
                Topics.VALUED_TRAJECTORIES)) {

            assertThat(pending.on(List.of(at(5, "a"), at(6, "breaks"), at(7, "b"), at(8, "waits"))))
                    .as("unfinished")
                    .containsExactly(Map.entry(0, 6L));
            assertThat(pending.on(List.of(at(9, "c")))).containsExactly(Map.entry(0, 6L));
            assertThat(refused).isEmpty();
            assertThat(pending.on(List.of(at(10, "d")))).containsExactly(Map.entry(0, 8L));

            assertThat(refused).containsOnlyKeys(6L);
            assertThat(refused.get(6L)).contains("failed 3 times", "no such tensor");
            await().atMost(PATIENCE).until(() -> valued.size() == 5);
            assertThat(valued).containsExactlyInAnyOrder("a", "b", "c", "d", "breaks");
            assertThat(reasons.get("breaks")).contains("failed 3 times", "no such tensor");
            pending.on(List.of(at(11, "breaks")));
            assertThat(refused).as("counted for each").hasSize(1);
        } finally {
            reader.stop();
        }
    }

    private static Valued valued(List<Trajectory> trajectories) {
        List<ValuedTrajectory> rows = new ArrayList<>();
        Map<Integer, String> waiting = new TreeMap<>();
        for (int position = 0; position < trajectories.size(); position++) {
            Trajectory trajectory = trajectories.get(position);
            switch (trajectory.id().request().question()) {
                case "breaks" -> throw new IllegalStateException("no such tensor");
                case "waits" -> waiting.put(position, "critic version 0");
                default -> rows.add(new ValuedTrajectory(trajectory, 0, Values.of(), null, "no worker"));
            }
        }
        return new Valued(rows, waiting, Map.of());
    }

    private static Received<Trajectory> at(long offset, String question) {
        RequestId request = new RequestId("pending", 0, Purpose.UNLABELED, 0, question);
        return new Received<>(
                Trajectory.failed(request.sample(0), "default", "x", "no worker"), 0, offset, Instant.EPOCH);
    }
}
