package dev.tempo.standalone.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudoTerminalTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @ParameterizedTest
    @ValueSource(ints = {80, 50})
    void inATerminalTheLineLivesAndFits(int columns) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(SCRIPT), "there is no program 'script' to make a terminal with");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder terminal = new ProcessBuilder(
                        SCRIPT.toString(),
                        "-qec",
                        "stty cols " + columns + " rows 24; exec '" + java
                                + "' -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED -cp '"
                                + System.getProperty("java.class.path") + "' " + Watched.class.getName(),
                        "/dev/null")
                .redirectErrorStream(true);
        terminal.environment().put("TERM", "xterm-256color");
        Process shown = terminal.start();
        shown.getOutputStream().close();
        String output = new String(shown.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shown.waitFor()).as(output).isZero();
        assertThat(output).contains("\r\u001b[2K", "starting the broker (Kafka) | 0:00", "test-time round 12 of 100");
        List<String> lines = output.replace("\r\u001b[2K", "\n").lines().toList();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain("\u001b")
                        .as("nothing is asked of the terminal")
                        .hasSizeLessThanOrEqualTo(columns));
        assertThat(lines).contains("stopping ... (the run is kept)", "stopped; go on with ./tempo run --resume r");
        assertThat(lines.stream().anyMatch(line -> line.contains("unlabeled avg@16 0.500")))
                .as("the accuracy fits where there is room")
                .isEqualTo(columns == 80);
    }
}
