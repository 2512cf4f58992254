package dev.tempo.messaging;

import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Topics of their own for every test, on the shared broker. */
@SpringBootTest(
        classes = MessagingFixture.Service.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "spring.application.name=test",
            "tempo.messaging.attempts=2",
            "tempo.messaging.backoff=5ms",
            "tempo.messaging.lock=1500ms"
        })
@Import(Broker.class)
abstract class MessagingFixture {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Service {}

    @Autowired
    Publisher publisher;

    @Autowired
    Admin admin;

    @Autowired
    KafkaClients clients;

    @Autowired
    MeterRegistry meters;

    @Autowired
    BrokerHealth health;

    private final List<SmartLifecycle> started = new ArrayList<>();
    private static int topics;

    @AfterEach
    void stopAll() {
        started.forEach(SmartLifecycle::stop);
    }

    <T extends SmartLifecycle> T started(T lifecycle) {
        lifecycle.start();
        started.add(lifecycle);
        return lifecycle;
    }

    Topic<Answer> topic(int partitions) throws ExecutionException, InterruptedException {
        String name = "test-" + topics++;
        admin.createTopics(
                        List.of(new NewTopic(name, partitions, (short) 1), new NewTopic(name + "-dlt", 1, (short) 1)))
                .all()
                .get();
        return new Topic<>(name, Answer.class, Answer::question, false, partitions > 1, "test");
    }

    static Answer answer(int number) {
        return new Answer("run", Purpose.LABELED, "q" + number, "text", "answer", "default");
    }

    static List<Answer> answers(int from, int to) {
        return IntStream.range(from, to).mapToObj(MessagingFixture::answer).toList();
    }

    /** Records of which no reader can make a message. */
    static final List<String> POISON = List.of(
            "null",
            "",
            " ",
            "7",
            "[]",
            "{}",
            "{\"run\":",
            "\"run\"",
            "{\"run\":null,\"purpose\":\"LABELED\",\"question\":\"q\",\"text\":\"t\",\"answer\":\"a\",\"domain\":\"d\"}",
            "{\"run\":\"r\",\"purpose\":\"NONE\",\"question\":\"q\",\"text\":\"t\",\"answer\":\"a\",\"domain\":\"d\"}",
            "{\"run\":" + "[".repeat(100_000),
            "{\"run\":\"r\",\"purpose\":\"LABELED\",\"question\":\"q\",\"text\":\"" + "t".repeat(5 << 20)
                    + "\",\"answer\":\"a\",\"domain\":\"d\"}",
            "\u0000\uffff");

    void publishPoison(Topic<?> topic) {
        publisher.send(POISON.stream()
                .map(text -> new ProducerRecord<>(topic.name(), 0, "poison", text.getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    void publishGarbage(Topic<?> topic) {
        publisher.send(
                List.of(new ProducerRecord<>(topic.name(), 0, "bad", "{\"run\":".getBytes(StandardCharsets.UTF_8))));
    }

    /** Waits for so many dead letters and returns their headers' reasons. */
    List<ConsumerRecord<String, byte[]>> deadLetters(Topic<?> topic, int count) {
        List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = clients.ungrouped("dead-letters")) {
            TopicPartition partition = new TopicPartition(topic.deadLetters(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(letters::add);
                return letters.size() >= count;
            });
        }
        return letters;
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    Map<TopicPartition, Long> committed(String group) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = new java.util.HashMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> committed.put(partition, offset.offset()));
        return committed;
    }

    long end(Topic<?> topic) throws ExecutionException, InterruptedException {
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
    }
}
