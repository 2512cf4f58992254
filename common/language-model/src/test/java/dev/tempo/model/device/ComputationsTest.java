package dev.tempo.model.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ComputationsTest {

    @Test
    void aProcessThatExitsFinishesWhatItComputesAndBeginsNothingMore() throws Exception {
        assertThat(saidByAnEndingProcess()).containsExactly("computed");
    }

    @Test
    void whoeverWaitsForTheEndIsCancelledSoThatWhatWaitsForHimEndsToo() throws Exception {
        assertThat(saidByAnEndingProcess("cancel")).containsExactly("computed", "cancelled");
    }

    @Test
    void aProcessThatGoesOnComputesAfterACancellation() {
        Computations.cancel();

        Computations.begin();
        Computations.end();
    }

    private static List<String> saidByAnEndingProcess(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EndingProcess.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
