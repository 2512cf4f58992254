package dev.tempo.judge;

import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.EnvironmentMask;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.judging.RunBuilder;
import dev.tempo.messaging.Broker;
import dev.tempo.messaging.Publisher;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * A benchmark of verdicts a minute through the service's topics: labeled trajectories of 200 tokens, judged by the rules for
 * mathematical answers. The trajectories are in the topic before the run is announced, so that nothing but reading, judging and
 * publishing is measured; broker and service share the process. Not a test: surefire runs it by name only (docs/benchmarks.md).
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=judge-service", "tempo.judge.unknown-run-patience=10m"})
@Import(Broker.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class JudgingBenchmark {
    private static final int VERDICTS = Integer.getInteger("tempo.benchmark.verdicts", 200_000);
    private static final int SAMPLES = 64;
    private static final int TOKENS = 200;
    private static final int PORTION = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @Autowired
    private Publisher publisher;

    @Test
    void verdictsOfAMinute() throws Exception {
        int questions = (VERDICTS + SAMPLES - 1) / SAMPLES;
        Random random = new Random(1);
        List<Trajectory> portion = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        for (int question = 0; question < questions; question++) {
            String id = "q" + question;
            answers.add(new Answer("load", Purpose.LABELED, id, "What is it?", answer(question), "default"));
            for (int sample = 0; sample < SAMPLES; sample++) {
                String given = answer(sample % 2 == 0 ? question : question + sample);
                portion.add(trajectory(Rollouts.labeled("load", id).sample(sample), given, random));
            }
            if (portion.size() >= PORTION || question == questions - 1) {
                publisher.publishAll(Topics.LABELED_TRAJECTORIES, portion);
                portion.clear();
            }
        }
        publisher.publishAll(Topics.LABELED_ANSWERS, answers);
        int all = questions * SAMPLES;

        long cpuBefore = cpuNanos();
        long begin = System.nanoTime();
        publisher.publish(
                Topics.RUNS,
                RunBuilder.aRun("load")
                        .judgedBy(Map.of("default", List.of("math")))
                        .active());
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, Broker.bootstrapServers()))) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> judged(admin) >= all);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpu = (cpuNanos() - cpuBefore) / 1e9;
        System.out.printf(
                "%d verdicts in %.1f s: %.0f a minute; %.1f s of processor time, %.0f a minute of one core%n",
                all, seconds, all / seconds * 60, cpu, all / cpu * 60);
    }

    private static String answer(int number) {
        return "\\frac{" + (2 * number + 1) + "}{4}";
    }

    private static Trajectory trajectory(TrajectoryId id, String answer, Random random) {
        StringBuilder text = new StringBuilder();
        int[] tokens = new int[TOKENS];
        float[] logProbs = new float[TOKENS];
        boolean[] environment = new boolean[TOKENS];
        for (int token = 0; token < TOKENS; token++) {
            tokens[token] = random.nextInt(150_000);
            logProbs[token] = -random.nextFloat();
            text.append(token % 7 == 6 ? "so \\(x = " + token + "\\) " : "and ");
        }
        return new Trajectory(
                id,
                "default",
                "What is it?",
                text + "the answer is \\boxed{" + answer + "}.",
                TokenIds.of(1, 2, 3),
                TokenIds.of(tokens),
                EnvironmentMask.of(environment),
                LogProbs.of(logProbs),
                StopReason.END,
                null);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long judged(Admin admin) throws ExecutionException, InterruptedException {
        String topic = Topics.JUDGED_LABELED_TRAJECTORIES.name();
        TopicDescription description = Objects.requireNonNull(
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        description
                .partitions()
                .forEach(partition -> ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }
}
