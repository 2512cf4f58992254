package dev.tempo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Topic;
import dev.tempo.messaging.turn.Turn;
import dev.tempo.messaging.turn.Turns;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class TurnTest extends MessagingFixture {
    @Autowired
    Turns turns;

    @Autowired
    Subscriptions subscriptions;

    private final List<Answer> got = new CopyOnWriteArrayList<>();

    @Test
    void whoBeganItsTurnLastWritesAndNobodyElse() throws Exception {
        Topic<Answer> topic = topic(1);
        started(subscriptions.everything(topic, got::add));
        try (Turn first = turn();
                Turn second = turn()) {
            assertThat(first.write(topic, answer(1))).isFalse();
            assertThat(second.write(topic, answer(2))).isTrue();
        }
        publisher.publish(topic, answer(3));
        await().atMost(PATIENCE).until(() -> got.contains(answer(3)));
        assertThat(got).containsExactly(answer(2), answer(3));
    }

    @Test
    void whatWasWrittenByWhoDiedInItsTurnIsReadByNobodyAndKeepsNobodyFromItsTurn() throws Exception {
        Topic<Answer> topic = topic(1);
        started(subscriptions.everything(topic, got::add));
        started(subscriptions.inGroup("turn", topic, got::addAll));
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                Broker.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                Turns.TRANSACTIONAL_ID);
        try (Producer<String, byte[]> dying =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            dying.initTransactions();
            dying.beginTransaction();
            dying.send(new ProducerRecord<>(topic.name(), "q1", Wire.write(answer(1))))
                    .get();
            try (Turn next = turn()) {
                assertThat(next.write(topic, answer(2))).isTrue();
            }
        }
        await().atMost(PATIENCE).until(() -> got.size() >= 2);
        assertThat(got).containsExactly(answer(2), answer(2));
    }

    @Test
    void whatNobodyWouldReadForItsLengthIsRefusedBeforeItIsWritten() throws Exception {
        Topic<Answer> topic = topic(1);
        Answer endless = new Answer("run", Purpose.LABELED, "q1", "t".repeat(5 << 20), "answer", "default");
        try (Turn turn = turn()) {
            assertThatThrownBy(() -> turn.write(topic, endless)).isInstanceOf(PublishException.class);
        }
        assertThat(end(topic)).isZero();
    }

    private Turn turn() {
        return turns.begin().orElseThrow();
    }
}
