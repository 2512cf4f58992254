package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    /** What makes an archive in the background gets little of a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String OF_THE_JAR = "org.apache.commons.codec.digest.DigestUtils";

    @TempDir
    Path directory;

    private Path jar = Path.of("");
    private Path program = Path.of("");

    @BeforeEach
    void aProgramThatUsesALibrary() throws IOException {
        String libraries = System.getProperty("java.class.path");
        Path library = Arrays.stream(libraries.split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.getFileName().toString().startsWith("commons-codec"))
                .findFirst()
                .orElseThrow();
        jar = Files.copy(library, directory.resolve("library.jar"), StandardCopyOption.REPLACE_EXISTING);
        program = Files.writeString(directory.resolve("Program.java"), """
                class Program {
                    public static void main(String[] arguments) throws Exception {
                        Class.forName("%s");
                    }
                }
                """.formatted(OF_THE_JAR));
        assertThat(DigestUtils.class.getName()).isEqualTo(OF_THE_JAR);
    }

    @Test
    void whatAFirstRunHasLoadedTheSecondTakesFromTheArchive() throws IOException, InterruptedException {
        ClassArchive first = archive();
        assertThat(loadedBy(first.options("program"))).contains(OF_THE_JAR + " source: file:");

        made(first);

        assertThat(loadedBy(archive().options("program"))).contains(OF_THE_JAR + " source: shared objects file");
    }

    @Test
    void anArchiveOfOtherJarsIsMadeAnew() throws IOException, InterruptedException {
        ClassArchive first = archive();
        loadedBy(first.options("program"));
        made(first);
        assertThat(archive().options("program")).anyMatch(option -> option.contains("SharedArchiveFile"));

        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_700_000_000_000L));

        ClassArchive second = archive();
        assertThat(loadedBy(second.options("program"))).contains(OF_THE_JAR + " source: file:");
        made(second);
        assertThat(loadedBy(archive().options("program"))).contains(OF_THE_JAR + " source: shared objects file");
    }

    @Test
    void aDamagedArchiveIsPassedOverWithoutAWord() throws IOException, InterruptedException {
        ClassArchive first = archive();
        loadedBy(first.options("program"));
        made(first);
        Path made = directory.resolve("data/classes.jsa");
        Files.delete(made);
        Files.writeString(made, "no archive");

        assertThat(loadedBy(archive().options("program")))
                .contains(OF_THE_JAR + " source: file:")
                .doesNotContain("[warning]", "[error]");
    }

    @Test
    void aLauncherThatEndsEarlierWaitsForItAndSaysSo() throws IOException, InterruptedException {
        ClassArchive first = archive();
        loadedBy(first.options("program"));
        List<String> told = new ArrayList<>();

        first.make();
        first.await(PATIENCE, told::add);
        first.close();

        assertThat(told).singleElement().asString().startsWith("keeping the loaded classes");
        assertThat(archive().options("program")).anyMatch(option -> option.contains("SharedArchiveFile"));
        archive().await(told::add);
        assertThat(told).as("nothing is being made").hasSize(1);
    }

    @Test
    void whatIsNotFinishedWhenTheLauncherEndsIsDropped() throws IOException, InterruptedException {
        ClassArchive ending = archive();
        loadedBy(ending.options("program"));
        ending.make();
        ending.close();

        Awaitility.await()
                .untilAsserted(() -> assertThat(directory.resolve("data"))
                        .isDirectoryNotContaining(
                                path -> path.getFileName().toString().startsWith("unfinished-")));
        assertThat(archive().options("program")).noneMatch(option -> option.contains("SharedArchiveFile"));
    }

    @Test
    void whatTakesTooLongIsDroppedAndOutlivesNobody() throws IOException, InterruptedException {
        ClassArchive slow = archive();
        loadedBy(slow.options("program"));
        Set<ProcessHandle> before = children();
        slow.make();
        Set<ProcessHandle> makers = children();
        makers.removeAll(before);
        assertThat(makers).hasSize(1);

        slow.await(Duration.ZERO, told -> {});

        Awaitility.await().untilAsserted(() -> {
            assertThat(makers).noneMatch(ProcessHandle::isAlive);
            assertThat(directory.resolve("data"))
                    .isDirectoryNotContaining(
                            path -> path.getFileName().toString().startsWith("unfinished-"));
        });
        assertThat(archive().options("program")).noneMatch(option -> option.contains("SharedArchiveFile"));
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().collect(Collectors.toCollection(HashSet::new));
    }

    @Test
    void whatAKilledLauncherHadBegunIsDeletedByTheNext() throws IOException, InterruptedException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Path left = Files.createDirectories(data.resolve("unfinished-99999999999-1"));
        Path ofOneAtWork = Files.createDirectories(
                data.resolve("unfinished-" + ProcessHandle.current().pid() + "-1"));
        ClassArchive next = archive();
        loadedBy(next.options("program"));

        made(next);

        assertThat(left).doesNotExist();
        assertThat(ofOneAtWork).exists();
    }

    @Test
    void classesThatAreNoJarAndPlacesThatCannotBeWrittenAreStartedWithout() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "no directory");

        assertThat(new ClassArchive(directory.resolve("data"), directory + File.pathSeparator + jar).options("program"))
                .isEmpty();
        assertThat(new ClassArchive(file, jar.toString()).options("program")).isEmpty();
    }

    private ClassArchive archive() {
        return new ClassArchive(directory.resolve("data"), jar.toString());
    }

    private void made(ClassArchive archive) {
        archive.make();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> new ClassArchive(directory.resolve("data"), jar.toString())
                        .options("program").stream().anyMatch(option -> option.contains("SharedArchiveFile")));
    }

    private String loadedBy(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-Xlog:class+load:stdout:none", "-cp", jar.toString(), program.toString()));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
