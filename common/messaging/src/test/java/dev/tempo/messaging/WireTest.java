package dev.tempo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.plugin.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Golden files say what messages look like; {@code -Dtempo.golden=write} writes them anew after a wanted change. */
class WireTest {
    private static final JsonMapper PLAIN = JsonMapper.builder().build();

    static Stream<String> messages() {
        return SampleMessages.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void theBusSpeaksAsTheGoldenFilesSay(String name) throws IOException {
        Object message = Objects.requireNonNull(SampleMessages.all().get(name));
        byte[] written = Wire.write(message);
        if ("write".equals(System.getProperty("tempo.golden"))) {
            Files.writeString(
                    Path.of("src/test/resources/golden", name + ".json"),
                    PLAIN.writerWithDefaultPrettyPrinter().writeValueAsString(PLAIN.readTree(written)) + "\n");
            return;
        }
        byte[] golden = golden(name);
        assertThat(PLAIN.readTree(written)).isEqualTo(PLAIN.readTree(golden));
        assertThat(Wire.read(message.getClass(), golden)).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void nothingTravelsThatAMessageDerives(String name) {
        Record message = (Record) Objects.requireNonNull(SampleMessages.all().get(name));
        assertThat(PLAIN.readTree(Wire.write(message)).propertyNames())
                .isSubsetOf(Arrays.stream(message.getClass().getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
    }

    @Test
    void everyTopicHasAGoldenFile() {
        assertThat(SampleMessages.all().values().stream().map(Object::getClass))
                .containsAll(Topics.all().stream().<Class<?>>map(Topic::type).toList());
    }

    @Test
    void numbersTravelAsBase64OfLittleEndian() {
        JsonNode json = PLAIN.readTree(Wire.write(SampleMessages.trajectory()));
        byte[] tokens = Base64.getDecoder().decode(json.get("responseTokens").asString());
        assertThat(tokens).startsWith(2, 0, 0, 0, 13).hasSize(12);
        byte[] logProbs = Base64.getDecoder().decode(json.get("logProbs").asString());
        assertThat(ByteBuffer.wrap(logProbs).order(ByteOrder.LITTLE_ENDIAN).getFloat(8))
                .isEqualTo(-1.5e-7f);
        assertThat(json.get("environment").asString()).isEqualTo("010");
    }

    @ParameterizedTest
    @ValueSource(strings = {"learningRate", "beta1", "gradientClip", "epochs"})
    void aTrainingWithoutAnyOfItsNumbersIsRefusedByName(String field) {
        Run run = SampleMessages.run();
        byte[] torn = new String(Wire.write(run), StandardCharsets.UTF_8)
                .replaceAll("\"" + field + "\":[0-9.Ee-]+,", "")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Wire.read(Run.class, torn)).hasMessageContaining(field);
    }

    @Test
    void aTrajectoryThatIsJudgedAgainIsTheSameRecordHoweverLongThatTook() {
        Verdict verdict = SampleMessages.verdict();
        JudgedTrajectory quick = new JudgedTrajectory(SampleMessages.trajectory(), verdict.by("rule", "1", 0.25));
        JudgedTrajectory slow = new JudgedTrajectory(SampleMessages.trajectory(), verdict.by("rule", "1", 3000));

        assertThat(slow).isEqualTo(quick).hasSameHashCodeAs(quick);
        assertThat(Wire.write(slow)).isEqualTo(Wire.write(quick));
        assertThat(Wire.read(JudgedTrajectory.class, Wire.write(slow))).isEqualTo(quick);
        assertThat(verdict.by("other", "1", 0.25)).isNotEqualTo(quick.verdict());
    }

    @Test
    void aVerdictThatSaysHowLongItTookIsRead() {
        JudgedTrajectory judged = new JudgedTrajectory(SampleMessages.trajectory(), SampleMessages.verdict());
        String json = new String(Wire.write(judged), StandardCharsets.UTF_8);
        String timed = json.replace("\"reason\":", "\"latencyMillis\":7.5,\"reason\":");

        JudgedTrajectory read = Wire.read(JudgedTrajectory.class, timed.getBytes(StandardCharsets.UTF_8));

        assertThat(timed).isNotEqualTo(json);
        assertThat(read).isEqualTo(judged);
        assertThat(read.verdict().latencyMillis()).isEqualTo(7.5);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void valuesAndLogProbabilitiesThatAreNotFiniteAreNoMessage(float number) {
        Trajectory trajectory = SampleMessages.trajectory();
        byte[] valued = Wire.write(new ValuedTrajectory(trajectory, 3, Values.of(0, .5f, number, 1), 1.0, null));
        assertThatThrownBy(() -> Wire.read(ValuedTrajectory.class, valued))
                .hasMessageContaining("number 2 is " + number);

        byte[] written = new String(Wire.write(trajectory), StandardCharsets.UTF_8)
                .replace(
                        trajectory.logProbs().encode(),
                        LogProbs.of(number, 0, 0).encode())
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Wire.read(Trajectory.class, written)).hasMessageContaining("number 0 is " + number);
    }

    @Test
    void mapsAreWrittenInOrderOfTheirKeysSoThatAReplayWritesTheSameBytes() {
        Map<String, Double> statistics = new LinkedHashMap<>();
        for (char name = 'z'; name >= 'a'; name--) {
            statistics.put(String.valueOf(name), (double) name);
        }
        PolicyVersion version = new PolicyVersion(
                "run-1", 3, SampleMessages.run().base(), "tempo", 2, false, statistics, Map.of(), 1, 1);

        assertThat(PLAIN.readTree(Wire.write(version)).get("statistics").propertyNames().stream()
                        .toList())
                .hasSize(26)
                .isSorted();
        assertThat(version.statistics().keySet().stream().toList())
                .as("for whoever else writes them")
                .isSorted();
        assertThat(Wire.write(statistics)).isEqualTo(Wire.write(version.statistics()));
    }

    @Test
    void whatANewerWriterAddsIsIgnored() {
        byte[] newer = new String(Wire.write(SampleMessages.trajectory()), StandardCharsets.UTF_8)
                .replaceFirst("\\{", "{\"mood\":\"good\",")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Wire.read(Trajectory.class, newer)).isEqualTo(SampleMessages.trajectory());
    }

    @Test
    void aTrajectoryWithoutADomainIsOfTheDefaultOne() {
        byte[] older = new String(Wire.write(SampleMessages.trajectory()), StandardCharsets.UTF_8)
                .replace("\"domain\":\"math\",", "")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Wire.read(Trajectory.class, older).domain()).isEqualTo("default");
    }

    @Test
    void aMissingPartIsNamed() {
        byte[] json = Wire.write(Map.of("trajectory", SampleMessages.trajectory()));
        assertThatThrownBy(() -> Wire.read(JudgedTrajectory.class, json))
                .hasMessage("the message has no field 'verdict'");
    }

    @Test
    void aPartThatItsRecordRefusesIsNoMessage() {
        byte[] json = new String(Wire.write(SampleMessages.trajectory()), StandardCharsets.UTF_8)
                .replace("\"010\"", "\"01\"")
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Wire.read(Trajectory.class, json))
                .hasMessageContaining("environment has 2 entries but responseTokens has 3");
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream file = WireTest.class.getResourceAsStream("/golden/" + name + ".json")) {
            assertThat(file)
                    .as("src/test/resources/golden/%s.json; write it with -Dtempo.golden=write", name)
                    .isNotNull();
            return file.readAllBytes();
        }
    }

    /** The parser remembers every name that it has met; a writer of senseless ones must not make all other records dear. */
    @Test
    void namesOfNothingAreNotKept() {
        byte[] good = Wire.write(SampleMessages.trajectory());
        long before = allocated(good);
        for (int name = 0; name < 200; name++) {
            byte[] senseless = ("{\"" + name + "x".repeat(40_000) + "\":1}").getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Wire.read(Trajectory.class, senseless)).isInstanceOf(RuntimeException.class);
        }
        assertThat(allocated(good)).isLessThan(before + 200_000);
    }

    private static long allocated(byte[] record) {
        byte[] newer = new String(record, StandardCharsets.UTF_8)
                .replaceFirst("\\{", "{\"field" + System.nanoTime() + "\":1,")
                .getBytes(StandardCharsets.UTF_8);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        Wire.read(Trajectory.class, newer);
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
}
