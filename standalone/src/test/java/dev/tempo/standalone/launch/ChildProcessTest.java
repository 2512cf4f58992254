package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    private static final ConditionFactory EVENTUALLY = Awaitility.await().atMost(Duration.ofMinutes(3));

    @TempDir
    Path directory;

    private final List<String> notices = new CopyOnWriteArrayList<>();

    @Test
    void aChildThatDiesIsStartedAgainAndSaidSo() {
        try (ChildProcess child = child(1)) {
            child.start();

            EVENTUALLY.until(() -> lives() == 2);
            assertThat(notices).containsExactly("short-lived ended with status 3; starting it again");
            assertThat(child.gaveUp()).isNull();
        }
    }

    @Test
    void aKilledChildIsStartedAgainUnderAnotherId() {
        try (ChildProcess child = child(0)) {
            child.start();
            EVENTUALLY.until(() -> lives() == 1);
            long first = child.pid();

            ProcessHandle.of(first).ifPresent(ProcessHandle::destroyForcibly);

            EVENTUALLY.until(() -> lives() == 2);
            assertThat(child.pid()).isNotEqualTo(first);
        }
    }

    @Test
    void oneThatAlwaysDiesIsGivenUpWithAWordOnWhereToLook() {
        try (ChildProcess child = child(Integer.MAX_VALUE)) {
            child.start();

            EVENTUALLY.until(() -> child.gaveUp() != null);
            assertThat(child.gaveUp()).contains("short-lived", "last status 3", log().toString());
        }
    }

    @Test
    void closingEndsItByTheEndOfItsInputAndItIsNotStartedAgain() {
        ChildProcess child = child(0);
        child.start();
        EVENTUALLY.until(() -> lives() == 1);
        long pid = child.pid();

        child.close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(notices).isEmpty();
        assertThat(lives()).isOne();
    }

    private ChildProcess child(int deaths) {
        List<String> command = ChildProcess.java(
                List.of("-Xmx16m"),
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                ShortLived.class.getName(),
                List.of(directory.resolve("lives").toString(), Integer.toString(deaths)));
        return new ChildProcess("short-lived", command, Map.of(), log(), notices::add);
    }

    private Path log() {
        return directory.resolve("logs").resolve("short-lived.log");
    }

    private int lives() {
        try {
            return Files.readAllLines(directory.resolve("lives")).size();
        } catch (IOException notYet) {
            return 0;
        }
    }
}
