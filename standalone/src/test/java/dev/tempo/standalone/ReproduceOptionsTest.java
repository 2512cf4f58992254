package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code ./tempo reproduce} refuses before anything starts. */
class ReproduceOptionsTest {
    @TempDir
    private Path directory;

    private final StringWriter errors = new StringWriter();
    private @Nullable String before;

    @Test
    void seedsAreNumbersAndRangesOfThem() {
        assertThat(execute("--seeds=0-2,x")).isEqualTo(1);
        assertThat(errors.toString()).contains("--seeds takes seeds and ranges of them such as 0-2,7, but not 'x'");
        assertThat(execute("--seeds=5-3")).isEqualTo(1);
        assertThat(errors.toString()).contains("--seeds: the range 5-3 is empty");
    }

    @Test
    void aMethodWithoutARecipeIsRefusedWithThoseThatHaveOne() {
        assertThat(execute("--seeds=0", "--methods=tempo,guess")).isEqualTo(1);
        assertThat(errors.toString())
                .contains("there is no method 'guess'", "quickstart-guess.yaml is missing", "frozen", "ttrl");
        assertThat(execute("--world=moon")).isEqualTo(1);
        assertThat(errors.toString()).contains("there is no recipe ").contains("moon.yaml");
    }

    @Test
    void ablationsHaveNamesAndTakeThePlaceOfMethods() {
        assertThat(execute("--ablation=colour")).isEqualTo(1);
        assertThat(errors.toString()).contains("there is no ablation 'colour'; there are labels, distribution");
        assertThat(execute("--ablation=reward", "--methods=ttrl")).isEqualTo(1);
        assertThat(errors.toString()).contains("leave out --methods");
        assertThat(execute("--ablation=reward", "--world=quickstart-ttrl")).isEqualTo(1);
        assertThat(errors.toString()).contains("ablations change the E-step of TEMPO's last stage, which ");
    }

    @Test
    void roundsAreOfRunsAndThereAreSome() {
        assertThat(execute("--rounds=0")).isEqualTo(1);
        assertThat(errors.toString()).contains("--rounds must be at least 1 but is 0");
        assertThat(execute("--from=" + directory, "--rounds=3")).isEqualTo(1);
        assertThat(errors.toString()).contains("--from runs nothing");
        assertThat(execute("--from=" + directory)).isEqualTo(1);
        assertThat(errors.toString()).contains("there is no summary to report on");
    }

    @Test
    void whatHasNoUseOrIsNotThereIsNotPassedOver() {
        String results = "--from=../docs";
        assertThat(execute(results, "--single-jvm", "--threads=2")).isEqualTo(1);
        assertThat(errors.toString())
                .contains(
                        "--from runs nothing, so that --threads and --single-jvm have no use; leave them out, or --from");
        assertThat(execute(results, "--methods=tempo,guess")).isEqualTo(1);
        assertThat(errors.toString()).contains("there is no summary of method guess in ../docs");
        assertThat(execute(results, "--world=words", "--seeds=0,99")).isEqualTo(1);
        assertThat(errors.toString()).contains("there is no summary of seed 99 in ../docs");
        assertThat(execute("--recipe=../recipes/words.yaml", "--world=words")).isEqualTo(1);
        assertThat(errors.toString()).contains("--recipe and --world both say what is run");
    }

    @BeforeEach
    void standInTheProject() {
        before = System.getProperty("tempo.home");
        System.setProperty("tempo.home", "..");
    }

    @AfterEach
    void leaveIt() {
        if (before == null) {
            System.clearProperty("tempo.home");
        } else {
            System.setProperty("tempo.home", before);
        }
    }

    private int execute(String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "reproduce";
        arguments[1] = "--workspace=" + directory;
        System.arraycopy(options, 0, arguments, 2, options.length);
        CommandLine tempo = Tempo.commandLine();
        tempo.setErr(new PrintWriter(errors, true));
        return Tempo.execute(tempo, arguments);
    }
}
