package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusiveLockTest {
    @TempDir
    Path directory;

    @Test
    void aFileIsLockedOnceInAProcessUntilItIsGivenBack() throws IOException {
        Path file = directory.resolve("lock");
        ExclusiveLock first = ExclusiveLock.take(file).orElseThrow();

        assertThat(ExclusiveLock.take(file)).isEmpty();

        first.close();
        ExclusiveLock second = ExclusiveLock.take(file).orElseThrow();
        second.close();
    }

    @Test
    void aFileThatAnotherProcessHasLockedIsFreeOnceThatProcessIsKilled() throws Exception {
        Path file = directory.resolve("lock");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said = other.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("locked");
            assertThat(ExclusiveLock.take(file)).isEmpty();
        } finally {
            other.destroyForcibly();
        }

        assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
        ExclusiveLock freed = ExclusiveLock.take(file).orElseThrow();
        freed.close();
    }

    /** A process that locks a file and says so, and has to be killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (ExclusiveLock held = ExclusiveLock.take(Path.of(arguments[0])).orElseThrow()) {
                System.out.println("locked");
                TimeUnit.HOURS.sleep(1);
                System.out.println("never reached with " + held);
            }
        }
    }
}
