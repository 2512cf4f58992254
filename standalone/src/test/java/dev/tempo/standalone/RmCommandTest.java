package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.messaging.Wire;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.BrokerOnly;
import dev.tempo.standalone.launch.KeptRun;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs' records in the log of a workspace's own broker, before and after the command. */
class RmCommandTest {
    private static final int PORT_BASE = 24_600;
    private static final int LARGE = 1 << 20;
    private static final String LOG = Topics.VALUED_TRAJECTORIES.name();
    private static final String KEYS = Topics.LABELED_ANSWERS.name();
    private static final String RUNS = Topics.RUNS.name();
    private static final String QUESTIONS = Topics.ARRIVING_QUESTIONS.name();

    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();

    @Test
    void recordsGoWithTheirRunAsFarAsNoKeptOneIsInTheirWay() throws Exception {
        Workspace workspace = new Workspace(directory);
        makeFiles(workspace, "old", "kept", "middle");
        try (BrokerOnly broker = broker(workspace);
                BrokerConnection connection = BrokerConnection.connect(broker.bootstrapServers())) {
            connection.awaitReady(broker.bootstrapServers());
            write(broker, RUNS, "old", "middle", "kept");
            write(broker, KEYS, "old/q", "kept/q", "middle/q");
            write(broker, QUESTIONS, "old");
            write(broker, LOG, "old", "old", "middle");
            write(broker, Topics.JUDGED_LABELED_TRAJECTORIES.name(), "old", "kept", "middle", "kept");
        }
        long before = KeptRun.size(workspace.broker());

        assertThat(rm("old")).as(errors.toString()).isZero();

        assertThat(workspace.run("old")).doesNotExist();
        assertThat(keys(workspace, LOG)).containsExactly("middle");
        assertThat(keys(workspace, Topics.JUDGED_LABELED_TRAJECTORIES.name()))
                .containsExactly("kept", "middle", "kept");
        assertThat(keys(workspace, KEYS)).containsExactly("kept/q", "middle/q");
        assertThat(keys(workspace, RUNS)).containsExactly("middle", "kept");
        assertThat(keys(workspace, QUESTIONS)).containsExactly("old");

        assertThat(rm("middle")).as(errors.toString()).isZero();

        assertThat(keys(workspace, LOG)).isEmpty();
        assertThat(keys(workspace, Topics.JUDGED_LABELED_TRAJECTORIES.name()))
                .as("Kafka deletes a beginning and nothing else")
                .containsExactly("kept", "middle", "kept");
        assertThat(before - KeptRun.size(workspace.broker())).isGreaterThan(2L * LARGE);
        assertThat(rm("middle")).isEqualTo(1);
        assertThat(errors.toString()).contains("no run 'middle'");
    }

    @Test
    void aRunWhoseFilesAreGoneAlreadyIsFoundByItsRecords() throws Exception {
        Workspace workspace = new Workspace(directory);
        makeFiles(workspace, "kept");
        try (BrokerOnly broker = broker(workspace);
                BrokerConnection connection = BrokerConnection.connect(broker.bootstrapServers())) {
            connection.awaitReady(broker.bootstrapServers());
            write(broker, RUNS, "lost", "kept");
            write(broker, LOG, "lost", "kept");
        }

        assertThat(rm("lost")).as(errors.toString()).isZero();

        assertThat(keys(workspace, LOG)).containsExactly("kept");
        assertThat(keys(workspace, RUNS)).containsExactly("kept");
    }

    @Test
    void aRunWhoseRecordsStayIsKnownAsRemovedUntilTheyGo() throws Exception {
        Workspace workspace = new Workspace(directory);
        makeFiles(workspace, "old", "middle", "young");
        try (BrokerOnly broker = broker(workspace);
                BrokerConnection connection = BrokerConnection.connect(broker.bootstrapServers())) {
            connection.awaitReady(broker.bootstrapServers());
            for (String run : List.of("old", "middle", "young")) {
                connection.publish(Topics.RUNS, announced(run));
            }
            write(broker, LOG, "old", "middle", "young");
        }

        assertThat(rm("middle")).as(errors.toString()).isZero();

        assertThat(keys(workspace, LOG)).containsExactly("old", "middle", "young");
        assertThat(states(workspace))
                .isEqualTo(Map.of("old", RunState.ACTIVE, "middle", RunState.REMOVED, "young", RunState.ACTIVE));
        assertThat(rm("middle")).isEqualTo(1);
        assertThat(errors.toString()).contains("no run 'middle'");
        assertThat(workspace.unspent("middle"))
                .as("records of the removed run would be taken for the new one's")
                .isEqualTo("middle-2");
        assertThat(workspace.unspent("other")).isEqualTo("other");

        assertThat(rm("old")).as(errors.toString()).isZero();

        assertThat(keys(workspace, LOG)).containsExactly("young");
        assertThat(states(workspace)).isEqualTo(Map.of("young", RunState.ACTIVE));

        assertThat(rm("young")).as(errors.toString()).isZero();

        assertThat(workspace.broker()).doesNotExist();
        assertThat(workspace.unspent("middle")).isEqualTo("middle");
    }

    private static void makeFiles(Workspace workspace, String... runs) throws IOException {
        for (String run : runs) {
            Files.writeString(Files.createDirectories(workspace.run(run)).resolve("run.json"), "{");
        }
    }

    private static Run announced(String id) {
        return new Run(
                id,
                RunState.ACTIVE,
                RecipeBuilder.recipe(StageBuilder.testTime("tempo").build()).build(),
                new ModelReference("file:///base", "0".repeat(64)),
                "runs/" + id,
                null);
    }

    private BrokerOnly broker(Workspace workspace) {
        return BrokerOnly.start(workspace, new Ports(PORT_BASE), "a test", directory.resolve("test.log"));
    }

    private static void write(BrokerOnly broker, String topic, String... keys) {
        byte[] large = new byte[LARGE];
        new Random(1).nextBytes(large);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "max.request.size",
                        2 * LARGE,
                        // with more, a new partition can refuse the first batch and take the second, and never the
                        // first
                        "max.in.flight.requests.per.connection",
                        1),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (String key : keys) {
                producer.send(new ProducerRecord<>(topic, 0, key, large));
            }
        }
    }

    /** The keys of the records with a value that no later one has erased, in order. */
    private List<String> keys(Workspace workspace, String topic) {
        List<String> keys = new ArrayList<>();
        read(workspace, topic, record -> {
            if (record.value() == null) {
                keys.remove(record.key());
            } else {
                keys.add(record.key());
            }
        });
        return keys;
    }

    /** The states that runs have by the last records of the topic {@code runs}. */
    private Map<String, RunState> states(Workspace workspace) {
        Map<String, RunState> states = new HashMap<>();
        read(workspace, RUNS, record -> {
            if (record.value() == null) {
                states.remove(record.key());
            } else {
                states.put(record.key(), Wire.read(Run.class, record.value()).state());
            }
        });
        return states;
    }

    private void read(Workspace workspace, String topic, Consumer<ConsumerRecord<String, byte[]>> handler) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (BrokerOnly broker = broker(workspace);
                KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(handler);
            }
        }
    }

    private int rm(String run) {
        return Tempo.commandLine()
                .setErr(new PrintWriter(errors, true))
                .execute("rm", "--yes", run, "--workspace=" + directory, "--port-base=" + PORT_BASE);
    }
}
