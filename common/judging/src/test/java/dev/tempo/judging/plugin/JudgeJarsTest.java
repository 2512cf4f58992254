package dev.tempo.judging.plugin;

import static dev.tempo.judging.plugin.JarBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.judging.JudgeChain;
import dev.tempo.judging.Judges;
import dev.tempo.plugin.Judge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.jar.PlugInJars;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeJarsTest {
    @TempDir
    Path directory;

    private JarBuilder jars = new JarBuilder(Path.of(""));
    private Path judges = Path.of("");

    @BeforeEach
    void makeRoom() throws IOException {
        jars = new JarBuilder(Files.createDirectory(directory.resolve("work")));
        judges = directory.resolve("judges");
    }

    @Test
    void theExampleOfTheDocumentationJudgesInAChain() throws IOException {
        jars.packExample(judges.resolve("palindrome.jar"));

        PlugInJars<Judge> loaded = load();

        assertThat(loaded.problems()).isEmpty();
        Judges all = new Judges(Judges.builtIn()).with(loaded.plugIns());
        JudgeChain chain = new JudgeChain("words", List.of("palindrome"), all);
        assertThat(chain.judge("A palindrome?", "any", "rotator", true))
                .extracting("outcome", "judge", "version", "stage", "reason")
                .containsExactly(Outcome.CORRECT, "palindrome", "1", "palindrome", "reads the same backwards");
        assertThat(chain.judge("A palindrome?", "any", "motor", true).outcome()).isEqualTo(Outcome.WRONG);
    }

    @Test
    void theCommandsOfTheDocumentationPackIt() throws IOException, InterruptedException {
        Path root = JarBuilder.checkout();
        ProcessBuilder script = new ProcessBuilder("sh", "examples/judges/java/pack.sh", judges.toString())
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("pack.log").toFile());
        script.environment()
                .merge(
                        "PATH",
                        System.getProperty("java.home") + "/bin",
                        (path, jdk) -> jdk + File.pathSeparator + path);

        assertThat(script.start().waitFor())
                .as(directory.resolve("pack.log").toString())
                .isZero();
        assertThat(load().plugIns()).extracting(Judge::name).containsExactly("palindrome");
    }

    @Test
    void aDirectoryThatIsNotThereHoldsNoJars() {
        assertThat(load()).isEqualTo(new PlugInJars<Judge>(List.of(), List.of()));
    }

    @Test
    void twoJarsMayHoldClassesOfTheSameName() {
        jars.pack(judges.resolve("a.jar"), "Same", source("Same", "\"one\"", "\"1\""), "Same");
        jars.pack(judges.resolve("b.jar"), "Same", source("Same", "\"two\"", "\"1\""), "Same");

        assertThat(load().plugIns()).extracting(Judge::name).containsExactly("one", "two");
    }

    @Test
    void aJarThatIsReplacedLeavesWhatWasLoadedAsItWas() throws IOException {
        Path jar = jars.pack(judges.resolve("a.jar"), "Old", source("Old", "\"one\"", "\"1\""), "Old");
        PlugInJars<Judge> before = load();
        Files.delete(jar);
        jars.pack(jar, "Old", source("Old", "\"one\"", "\"2\""), "Old");

        assertThat(load().plugIns()).extracting(Judge::version).containsExactly("2");
        assertThat(before.plugIns().get(0).judge("q", "r", "x", true).reason()).isEqualTo("always");
        assertThat(before.plugIns()).extracting(Judge::version).containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null|\"1\"|Bad|Bad.name() is null; let it return",
                "\" \"|\"1\"|Bad|Bad.name() is ' '",
                "\"a b\"|\"1\"|Bad|Bad.name() is 'a b'",
                "\"external\"|\"1\"|Bad|Bad.name() is 'external'",
                "\"ok\"|null|Bad|Bad.version() is null",
                "\"math\"|\"1\"|Bad|Bad is named 'math' like a judge of judge-service itself; give it another name",
                "\"ok\"|\"1\"|Good|Provider Good not found; pack the class it needs",
                "\"ok\"|\"1\"|''|names no class of this jar; write your judge's class name into it",
                "\"ok\"|\"1\"||has no META-INF/services/dev.tempo.plugin.Judge; add that file",
                "String.valueOf(1 / (int) (System.nanoTime() * 0))|\"1\"|Bad|cannot say its name and version: java.lang.ArithmeticException"
            })
    void aBrokenJarIsNamedWithWhatIsWrong(String name, String version, String service, String problem) {
        jars.pack(judges.resolve("a-good.jar"), "Fine", source("Fine", "\"fine\"", "\"1\""), "Fine");
        Path jar = jars.pack(judges.resolve("bad.jar"), "Bad", source("Bad", name, version), service);

        PlugInJars<Judge> loaded = load();

        assertThat(loaded.plugIns()).extracting(Judge::name).containsExactly("fine");
        assertThat(loaded.problems())
                .singleElement()
                .satisfies(said -> assertThat(said)
                        .startsWith(jar + ": ")
                        .contains(problem)
                        .endsWith("or take the jar away"));
    }

    @Test
    void aConstructorThatFailsIsTold() {
        String failing = source("Bad", "\"bad\"", "\"1\"")
                .replaceFirst("\\{", "{ public Bad() { throw new IllegalStateException(\"no key\"); }");
        jars.pack(judges.resolve("bad.jar"), "Bad", failing, "Bad");

        assertThat(load().problems()).singleElement().asString().contains("Bad", "no key");
    }

    @Test
    void whatIsNoJarIsTold() throws IOException {
        JarBuilder.write(judges.resolve("half.jar"), "PK");

        assertThat(load().problems()).singleElement().asString().contains("half.jar: is no jar", "copy it again");
    }

    @Test
    void aNameThatAnotherJarTookIsRefusedAndBothJarsAreNamed() {
        Path first = jars.pack(judges.resolve("a.jar"), "One", source("One", "\"same\"", "\"1\""), "One");
        Path second = jars.pack(judges.resolve("b.jar"), "Two", source("Two", "\"same\"", "\"1\""), "Two");

        assertThat(load().problems())
                .containsExactly(second + ": Two is named 'same' like a judge of " + first
                        + "; give it another name, or take the jar away");
    }

    private PlugInJars<Judge> load() {
        return JudgeJars.load(judges, new Judges(Judges.builtIn()).names());
    }
}
