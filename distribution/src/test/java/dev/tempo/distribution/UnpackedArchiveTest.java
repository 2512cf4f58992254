package dev.tempo.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive as its user has it: unpacked somewhere, called by a link from another directory, with an empty home and with
 * Java and a few programs of every system in PATH, but neither Maven nor git.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class UnpackedArchiveTest {
    private static final List<String> PROGRAMS =
            List.of("sh", "cat", "dirname", "echo", "grep", "head", "ls", "mkdir", "mktemp", "readlink", "sed");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
    private static final List<String> SERVICES =
            List.of("rollout-service", "critic-service", "policy-service", "judge-service", "eval-service");
    private static final String SHORT = """
            extends: mine/recipe.yaml
            evaluation: {samples: 2, passAt: [2]}
            stages:
              - {name: stage1, rounds: 1, questions: 4, samples: 2, criticWarmUp: 1, policy: {miniBatch: 8}}
              - name: test-time
                rounds: 1
                questions: 4
                samples: 2
                recalibration: {questions: 4, samples: 2}
            """;

    @TempDir
    static Path machine;

    private static Path home;
    private static Path path;

    @TempDir
    Path elsewhere;

    private Path output;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        Path archive = Path.of(System.getProperty("tempo.archive"));
        Path place = Files.createDirectories(machine.resolve("put here"));
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", place.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        home = place.resolve(archive.getFileName().toString().replace(".tar.gz", ""));
        path = Files.createDirectories(machine.resolve("path"));
        for (String program : PROGRAMS) {
            Files.createSymbolicLink(path.resolve(program), found(program));
        }
        for (String program : List.of("java", "javac", "jar")) {
            Files.createSymbolicLink(path.resolve(program), JAVA.resolve(program));
        }
        Files.createSymbolicLink(path.resolve("tempo"), path.relativize(home.resolve("bin/tempo")));
        Files.createDirectories(machine.resolve("home"));
    }

    @BeforeEach
    void somewhereToWriteTo() {
        output = elsewhere.resolve("output");
    }

    @Test
    void itSaysItsVersionWhereverItIsCalled() throws IOException, InterruptedException {
        assertThat(called("tempo", "--version")).as(said()).isZero();
        assertThat(said()).startsWith("tempo ").hasLineCount(1);
        String commit = Files.readString(home.resolve("lib/commit")).strip();
        assertThat(said().contains("(commit " + commit + "),")).isEqualTo(!commit.isEmpty());
        assertThat(called(home.resolve("tempo").toString(), "--version"))
                .as(said())
                .isZero();
    }

    @Test
    void aServiceHasItsOwnClassPathAndNobodyElses() throws IOException {
        Set<String> used = new TreeSet<>(classPath("standalone"));
        for (String service : SERVICES) {
            List<String> jars = classPath(service);
            used.addAll(jars);
            assertThat(jars).doesNotHaveDuplicates();
            assertThat(jars.get(0)).startsWith("tempo-" + service + "-");
            for (String other : SERVICES) {
                if (!other.equals(service)) {
                    assertThat(jars).as(service).noneMatch(jar -> jar.startsWith("tempo-" + other));
                }
            }
        }
        for (String service : List.of("judge-service", "eval-service")) {
            assertThat(classPath(service))
                    .as("tensor engine of %s", service)
                    .noneMatch(jar -> jar.matches("(pytorch|tempo-language-model).*"));
        }
        try (Stream<Path> lib = Files.list(home.resolve("lib"))) {
            assertThat(lib.map(jar -> jar.getFileName().toString()).filter(jar -> jar.endsWith(".jar")))
                    .containsExactlyInAnyOrderElementsOf(used);
        }
    }

    @Test
    void whatInitWritesPassesTheDoctorAndRunsToItsEndWithWhatItBrings() throws IOException, InterruptedException {
        Files.writeString(elsewhere.resolve("short.yaml"), SHORT);
        String ports = "--port-base=" + freePorts();

        assertThat(called("tempo", "init", "mine")).as(said()).isZero();
        assertThat(said()).contains("run      " + path.resolve("tempo") + " run mine/recipe.yaml");
        assertThat(elsewhere.resolve("mine/recipe.yaml")).content().contains(path.resolve("tempo") + " doctor mine/");
        assertThat(called("tempo", "doctor", "mine/recipe.yaml", ports))
                .as(said())
                .isZero();
        assertThat(called("tempo", "run", "short.yaml", ports)).as(said()).isZero();

        Path runs = elsewhere.resolve("runs");
        try (Stream<Path> all = Files.list(runs)) {
            assertThat(all)
                    .singleElement()
                    .satisfies(run ->
                            assertThat(run.resolve("final/model.safetensors")).isRegularFile());
        }
        assertThat(home.resolve("runs")).doesNotExist();
        assertThat(home.resolve(".tempo")).doesNotExist();
    }

    @Test
    void theExampleOfAJudgeIsPackedWithTheArchiveAloneAndJudges() throws IOException, InterruptedException {
        Path judges = elsewhere.resolve("judges");
        assertThat(calledIn(home, "examples/judges/java/pack.sh", judges.toString()))
                .as(said())
                .isZero();

        assertThat(called("tempo", "judge", "--judge=palindrome", "--reference=any", "--response=rotator"))
                .as(said())
                .isZero();

        assertThat(said()).contains("palindrome", "correct");
    }

    private static List<String> classPath(String module) throws IOException {
        return Arrays.asList(Files.readString(home.resolve("lib").resolve(module + ".classpath"))
                .strip()
                .split(":"));
    }

    private int called(String... command) throws IOException, InterruptedException {
        return calledIn(elsewhere, command);
    }

    private int calledIn(Path directory, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command));
        if (words.get(0).equals("tempo")) {
            words.set(0, path.resolve("tempo").toString());
        }
        ProcessBuilder called = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        called.environment().clear();
        called.environment().put("PATH", path.toString());
        called.environment().put("HOME", machine.resolve("home").toString());
        // Natives are unpacked there: nothing that this machine has unpacked or downloaded before is found.
        called.environment().put("DJL_CACHE_DIR", machine.resolve("djl").toString());
        return called.start().waitFor();
    }

    private String said() throws IOException {
        return Files.exists(output) ? Files.readString(output, StandardCharsets.UTF_8) : "";
    }

    private static Path found(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(program + " is not in PATH"));
    }

    /** A number behind which the ports of a run are free. */
    private static int freePorts() {
        for (int base = 21_000; base < 32_000; base += 100) {
            if (Stream.of(1, 2, 3, 4, 5, 12, 13).allMatch(isFreeFrom(base))) {
                return base;
            }
        }
        throw new AssertionError("no free ports");
    }

    private static Predicate<Integer> isFreeFrom(int base) {
        return offset -> {
            try (ServerSocket socket = new ServerSocket(base + offset, 1, InetAddress.getLoopbackAddress())) {
                return socket.isBound();
            } catch (IOException taken) {
                return false;
            }
        };
    }
}
