package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
            assertThat(notices).containsExactly("short-lived ended with status 3; starting it again after 1 s");
            assertThat(child.gaveUp()).isNull();
        }
    }

    @Test
    void everyDeathWithinMinutesDoublesThePause() {
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(ChildProcess::pauseBeforeRestart))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 16L);
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
    void whatAKilledChildLeftOfTemporaryFilesGoesWhenItIsStartedAgain() throws IOException {
        try (ChildProcess child = child(0, "temporary")) {
            child.start();
            EVENTUALLY.until(() -> lives() == 1);
            assertThat(temporaryFiles()).hasSize(1);

            ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);

            EVENTUALLY.until(() -> lives() == 2);
            assertThat(temporaryFiles()).hasSize(1);
        }
    }

    private List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(temporary())) {
            return files.toList();
        }
    }

    @Test
    void oneThatAlwaysDiesIsGivenUpWithAWordOnWhereToLook() {
        try (ChildProcess child = child(Integer.MAX_VALUE)) {
            child.start();

            EVENTUALLY.until(() -> child.gaveUp() != null);
            assertThat(child.gaveUp())
                    .contains("short-lived died 6 times while the run came no further, the last time with status 3")
                    .contains("(its last line: 12:00:00 the disk is full)", log().toString(), "--resume");
            assertThat(notices)
                    .as("each pause twice as long")
                    .extracting(notice -> notice.replaceFirst(".*; starting it again after ", ""))
                    .containsExactly("1 s", "2 s", "4 s", "8 s", "16 s");
        }
    }

    @Test
    void whatDiedBeforeTheRunCameFurtherDoesNotCount() {
        try (ChildProcess child = child(Integer.MAX_VALUE)) {
            child.start();
            for (int moved = 1; moved <= 6; moved++) {
                int before = moved;
                EVENTUALLY.until(() -> lives() > before);
                child.movedOn();
            }
            assertThat(child.gaveUp()).isNull();
        }
    }

    @Test
    void wantOfMemoryIsSaidInWordsWithWhatToDo() {
        try (ChildProcess child = child(1, "fill")) {
            child.start();

            EVENTUALLY.until(() -> lives() == 2);
            assertThat(notices)
                    .containsExactly("short-lived ended with status 3: it ran out of memory; raise its heap of 64m by"
                            + " _JAVA_OPTIONS=-Xmx2g in the environment, or have less at a time by the recipe"
                            + " (questions, samples, maxNewTokens); starting it again after 1 s");
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

    @Test
    void theNextLauncherEndsWhatAKilledOneLeftRunning() {
        ChildProcess orphan = child(0);
        orphan.start();
        EVENTUALLY.until(() -> lives() == 1);
        ProcessHandle process = ProcessHandle.of(orphan.pid()).orElseThrow();
        orphan.stopping();
        List<String> told = new CopyOnWriteArrayList<>();

        list().awaitEnd(told::add);

        assertThat(process.isAlive()).isFalse();
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).contains("an earlier launcher", "short-lived (process " + orphan.pid() + ")");
        assertThat(told.get(1)).contains("killed", "short-lived");
        list().awaitEnd(told::add);
        assertThat(told).hasSize(2);
    }

    @Test
    void whatEndsByItselfIsWaitedForAndAnotherProcessOfThatIdIsLeftAlone() throws IOException {
        ProcessHandle other = ProcessHandle.current();
        Path file = directory.resolve("processes");
        Files.writeString(file, other.pid() + " 1000000000000 not-this\n99999999999 17 gone\nnonsense\n");
        List<String> told = new CopyOnWriteArrayList<>();

        list().awaitEnd(told::add);

        assertThat(other.isAlive()).isTrue();
        assertThat(told).isEmpty();
    }

    private ChildProcess child(int deaths) {
        return child(deaths, "exit");
    }

    private ChildProcess child(int deaths, String way) {
        List<String> command = ChildProcess.java(
                List.of("-Xmx64m"),
                Path.of("target", "test-classes").toAbsolutePath().toString(),
                ShortLived.class.getName(),
                List.of(directory.resolve("lives").toString(), Integer.toString(deaths), way));
        return new ChildProcess("short-lived", command, Map.of(), log(), temporary(), list(), notices::add);
    }

    private Path temporary() {
        return directory.resolve("temporary files");
    }

    private StartedProcesses list() {
        return new StartedProcesses(directory.resolve("processes"), Duration.ofMillis(100));
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
