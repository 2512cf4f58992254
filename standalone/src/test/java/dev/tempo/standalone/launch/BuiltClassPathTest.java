package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltClassPathTest {
    @TempDir
    Path directory;

    private Path home;
    private Path library;

    @BeforeEach
    void aCheckoutThatWasBuiltElsewhere() throws IOException {
        home = directory.resolve("moved here");
        library = Files.writeString(directory.resolve("library-1.0.jar"), "");
        Files.createDirectories(home.resolve("common/contract/target/classes"));
        Files.createDirectories(home.resolve("judge-service/target/classes"));
        Files.writeString(home.resolve("judge-service/target/judge-service-0.1.jar"), "");
        Path target = Files.createDirectories(home.resolve("eval-service/target"));
        Files.writeString(
                target.resolve("classpath.txt"),
                "/old/home/common/contract/target/classes:" + library
                        + ":/old/home/judge-service/target/judge-service-0.1.jar\n");
    }

    @Test
    void modulesAreTakenFromWhereTheCheckoutIsNow() {
        List<String> entries =
                Arrays.asList(BuiltClassPath.of(home, "eval-service").split(":"));

        assertThat(entries)
                .containsExactly(
                        home + "/eval-service/target/classes",
                        home + "/common/contract/target/classes",
                        library.toString(),
                        home + "/judge-service/target/judge-service-0.1.jar");
    }

    @Test
    void anUnpackedArchiveGivesAServiceTheJarsThatItsListNamesAndNoOther() throws IOException {
        Path unpacked = directory.resolve("tempo 0.1");
        Path lib = Files.createDirectories(unpacked.resolve("lib"));
        for (String jar : List.of("tempo-eval-service-0.1.jar", "library-1.0.jar", "pytorch-1.0.jar")) {
            Files.writeString(lib.resolve(jar), "");
        }
        Files.writeString(lib.resolve("eval-service.classpath"), "tempo-eval-service-0.1.jar:library-1.0.jar\n");

        List<String> entries =
                Arrays.asList(BuiltClassPath.of(unpacked, "eval-service").split(":"));

        assertThat(entries).containsExactly(lib + "/tempo-eval-service-0.1.jar", lib + "/library-1.0.jar");
        Files.delete(lib.resolve("library-1.0.jar"));
        assertThatThrownBy(() -> BuiltClassPath.of(unpacked, "eval-service"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(lib + "/library-1.0.jar is not there; unpack the archive again");
    }

    @Test
    void whatIsGoneIsNamedWithWhatToDo() throws IOException {
        Files.delete(library);

        assertThatThrownBy(() -> BuiltClassPath.of(home, "eval-service"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(library.toString())
                .hasMessageContaining("./mvnw");
        assertThatThrownBy(() -> BuiltClassPath.of(home, "policy-service"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("holds no built service");
    }
}
