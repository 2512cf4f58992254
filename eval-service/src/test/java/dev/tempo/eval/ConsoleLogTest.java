package dev.tempo.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service writes to its console, as a process of its own, while there is no broker. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConsoleLogTest {
    private static final String NO_BROKER = "127.0.0.1:1";
    private static final String MESSAGE = "waiting for Kafka to create the topics";

    @Test
    void aPropertyOfSpringBootMakesEveryLineAJsonObjectWithTheKeysOfItsMessage() {
        List<String> lines = linesUntilMessage("--logging.structured.format.console=ecs");
        JsonMapper json = new JsonMapper();

        assertThat(lines)
                .allSatisfy(line ->
                        assertThatCode(() -> json.readTree(line)).as(line).doesNotThrowAnyException());
        JsonNode line = json.readTree(lines.get(lines.size() - 1));
        assertThat(line.path("message").asString()).isEqualTo(MESSAGE);
        assertThat(line.path("brokers").asString()).isEqualTo(NO_BROKER);
        assertThat(line.path("log").path("level").asString()).isEqualTo("WARN");
        assertThat(line.path("service").path("name").asString()).isEqualTo("eval-service");
    }

    @Test
    void withoutItALineEndsWithItsKeysAndValues() {
        List<String> lines = linesUntilMessage();

        assertThat(lines.get(lines.size() - 1))
                .contains(" WARN ", "TopicCreation")
                .containsPattern(MESSAGE + " brokers=\"" + NO_BROKER + "\" reason=\".+\"$");
    }

    private static List<String> linesUntilMessage(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPathWithoutTests(),
                EvalService.class.getName(),
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.kafka.bootstrap-servers=" + NO_BROKER));
        command.addAll(List.of(arguments));
        List<String> lines = new ArrayList<>();
        Process service = null;
        try {
            service = new ProcessBuilder(command).redirectErrorStream(true).start();
            BufferedReader console = service.inputReader();
            String line = console.readLine();
            while (line != null) {
                lines.add(line);
                line = line.contains(MESSAGE) ? null : console.readLine();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } finally {
            if (service != null) {
                service.destroyForcibly();
            }
        }
        return lines;
    }

    /** The tests' own logging comes before that of a service. */
    private static String classPathWithoutTests() {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(tests.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
