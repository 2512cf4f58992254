package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Topics;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.BrokerOnly;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dead letters that a reader made, through the command, against a workspace's own broker. */
class DeadLettersCommandTest {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int PORT_BASE = 24_300;
    private static final String TOPIC = Topics.LABELED_ANSWERS.name();
    private static final byte[] NO_TEXT = {(byte) 0xff, 0, 'a'};

    @TempDir
    Path directory;

    private Workspace workspace;
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final List<Answer> read = new CopyOnWriteArrayList<>();

    @BeforeEach
    void makeWorkspace() {
        workspace = new Workspace(directory);
    }

    @Test
    void lettersOfALiveBrokerAreListedShownReplayedAndDropped() throws Exception {
        try (BrokerOnly broker = broker()) {
            try (BrokerConnection reader = BrokerConnection.connect(broker.bootstrapServers())) {
                reader.publish(Topics.LABELED_ANSWERS, answer("good"));
                write(broker, "one", "{\"run\":\"r\",\"answer\":\"\\u001b[31m\"}".getBytes(StandardCharsets.UTF_8));
                write(broker, "two\u001b[2J", NO_TEXT);
                reader.follow(Topics.LABELED_ANSWERS, read::add);

                assertThat(tempo("list")).isZero();
                assertThat(output.toString().lines().toList())
                        .hasSize(3)
                        .startsWith(TOPIC + ": 2 dead letters")
                        .anySatisfy(line -> assertThat(line).startsWith("  0  one  standalone  "))
                        .anySatisfy(line -> assertThat(line).startsWith("  1  two\\x1b[2J  standalone  "))
                        .allSatisfy(line -> assertThat(line.length()).isLessThan(200))
                        .allSatisfy(line -> assertThat(line).doesNotContain("\u001b"));

                assertThat(tempo("list", TOPIC, "--json")).isZero();
                List<JsonNode> listed = output.toString()
                        .lines()
                        .map(line -> JsonMapper.shared().readTree(line))
                        .toList();
                assertThat(listed).hasSize(2);
                assertThat(listed.get(1).get("key").asString()).isEqualTo("two\u001b[2J");
                assertThat(listed.get(1).get("bytes").asInt()).isEqualTo(NO_TEXT.length);
                assertThat(listed.get(1).get("headers").get("reason").asString())
                        .isNotBlank();
                assertThat(listed.get(1).get("headers").get("offset").asString())
                        .isEqualTo("2");

                assertThat(tempo("show", TOPIC + "-dlt", "0")).isZero();
                assertThat(output.toString())
                        .contains(
                                "topic: " + TOPIC + System.lineSeparator(),
                                "key: one",
                                "reader: standalone",
                                "reason: ")
                        .contains("\"run\" : \"r\"")
                        .doesNotContain("\u001b");
                assertThat(tempo("show", TOPIC, "1")).isZero();
                assertThat(output.toString()).contains("\\xff\\x00a");

                assertThat(tempo("show", TOPIC, "7")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
                assertThat(errors.toString()).contains("no dead letter 7", "./tempo dlt list " + TOPIC);

                assertThat(tempo("replay", TOPIC, "1")).isZero();
                assertThat(output.toString())
                        .contains("letter 1 is again in " + TOPIC, "3 bytes", "1 dead letter replayed");
            }
            try (BrokerConnection again = BrokerConnection.connect(broker.bootstrapServers())) {
                again.follow(Topics.LABELED_ANSWERS, read::add);
            }
            assertThat(tempo("list", "--json")).isZero();
            List<JsonNode> letters = output.toString()
                    .lines()
                    .map(line -> JsonMapper.shared().readTree(line))
                    .toList();
            assertThat(letters.stream()
                            .filter(letter -> letter.get("headers")
                                    .get("offset")
                                    .asString()
                                    .equals("3")))
                    .as("the replayed record was read at its new place and is a letter once more")
                    .isNotEmpty()
                    .allSatisfy(letter -> {
                        assertThat(letter.get("key").asString()).isEqualTo("two\u001b[2J");
                        assertThat(letter.get("bytes").asInt()).isEqualTo(NO_TEXT.length);
                    });

            assertThat(tempo("drop", TOPIC, "0")).isZero();
            assertThat(output.toString()).contains("1 dead letter dropped, " + (letters.size() - 1) + " left");
            assertThat(tempo("show", TOPIC, "1"))
                    .as("a letter keeps its number")
                    .isZero();
            assertThat(tempo("drop", TOPIC, "0")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(tempo("drop", TOPIC)).isZero();
            assertThat(output.toString()).contains("0 left");
            assertThat(tempo("list")).isZero();
            assertThat(output.toString().strip()).isEqualTo("no dead letters");
            try (BrokerConnection counting = BrokerConnection.connect(broker.bootstrapServers())) {
                String suspects = Topics.SUSPECT_ROLLOUT_REQUESTS.name();
                assertThat(counting.deadLetters().suspicions(ANSWER)).hasValue(0);
                write(broker, suspects, "set apart", NO_TEXT);
                write(broker, suspects + "-dlt", "failed", NO_TEXT);
                assertThat(counting.deadLetters().suspicions(ANSWER)).hasValue(2);
                counting.deadLetters().drop(suspects, 1);
                assertThat(counting.deadLetters().suspicions(ANSWER))
                        .as("those that were dropped have been there")
                        .hasValue(2);
            }
        }
        assertThat(read).allMatch(answer("good")::equals).hasSize(2);
    }

    @Test
    void theBrokerIsStartedWhereNoneRunsAndAnotherWorkspacesIsNeverTouched(@TempDir Path other) throws Exception {
        try (BrokerOnly broker = broker();
                BrokerConnection reader = BrokerConnection.connect(broker.bootstrapServers())) {
            reader.publish(Topics.LABELED_ANSWERS, answer("good"));
            write(broker, "one", "null".getBytes(StandardCharsets.UTF_8));
            reader.follow(Topics.LABELED_ANSWERS, read::add);
        }

        assertThat(tempo("list")).isZero();
        assertThat(output.toString())
                .contains(TOPIC + ": 1 dead letter", "  0  one  standalone  the record holds null");

        Workspace elsewhere = new Workspace(other);
        try (BrokerOnly taken =
                        BrokerOnly.start(elsewhere, new Ports(PORT_BASE + 100), "a test", other.resolve("log"));
                BrokerOnly broker = broker()) {
            assertThat(taken.bootstrapServers()).isNotEqualTo(broker.bootstrapServers());
            assertThat(execute("dlt", "drop", TOPIC, "--workspace=" + other, "--port-base=" + PORT_BASE))
                    .isEqualTo(CommandLine.ExitCode.SOFTWARE);
            assertThat(errors.toString()).contains("is not that of " + elsewhere.root(), "--port-base");
            assertThat(execute("dlt", "list", "--bootstrap=" + broker.bootstrapServers()))
                    .isZero();
            assertThat(output.toString()).contains(TOPIC + ": 1 dead letter");
        }
    }

    @Test
    void whatCannotBeDoneIsSaidInALine() {
        assertThat(tempo("list")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("nothing has run in " + workspace.root());
        assertThat(tempo("show", "labeled-answer", "0")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("did you mean labeled-answers");
        assertThat(execute("dlt", "lst")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("there is no command 'lst'; did you mean list?", "./tempo dlt --help");
    }

    private BrokerOnly broker() {
        return BrokerOnly.start(workspace, new Ports(PORT_BASE), "a test", directory.resolve("test.log"));
    }

    private static Answer answer(String question) {
        return new Answer("r", Purpose.LABELED, question, "text", "answer", "default");
    }

    private static void write(BrokerOnly broker, String key, byte[] bytes) throws Exception {
        write(broker, TOPIC, key, bytes);
    }

    private static void write(BrokerOnly broker, String topic, String key, byte[] bytes) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, bytes)).get();
        }
    }

    private int tempo(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "dlt";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--workspace=" + directory;
        all[all.length - 1] = "--port-base=" + PORT_BASE;
        return execute(all);
    }

    private int execute(String... arguments) {
        output.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        return Tempo.execute(
                Tempo.commandLine().setOut(new PrintWriter(output, true)).setErr(new PrintWriter(errors, true)),
                arguments);
    }
}
