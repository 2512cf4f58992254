package dev.tempo.judging.plugin;

import static dev.tempo.judging.plugin.JarBuilder.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.judging.Judges;
import dev.tempo.judging.RunBuilder;
import dev.tempo.plugin.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlugInsTest {
    @TempDir
    Path directory;

    private final Judges judges = new Judges(Judges.builtIn());
    private JarBuilder jars = new JarBuilder(Path.of(""));
    private RunPlugIns plugIns = new RunPlugIns(judges, Path.of(""));

    @BeforeEach
    void makeRoom() throws IOException {
        jars = new JarBuilder(Files.createDirectory(directory.resolve("work")));
        plugIns = new RunPlugIns(judges, directory.resolve("judges"));
    }

    @Test
    void aRunKeepsTheJudgesItBeganWithAndTheNextOneGetsTheNew() throws IOException {
        poem(directory.resolve("judges"), "1");
        Run first = plugIns.bind(run("first"));
        poem(directory.resolve("judges"), "2");
        Run second = plugIns.bind(run("second"));

        assertThat(versionIn(first)).isEqualTo("1");
        assertThat(versionIn(second)).isEqualTo("2");
        assertThat(versionIn(plugIns.bind(run("first")))).isEqualTo("1");
        assertThat(first.recipe().judgesOf("default")).containsExactly("math", "poem@first");
    }

    @Test
    void theJarsBesideARunsOwnFilesComeFirst() throws IOException {
        poem(directory.resolve("judges"), "2");
        poem(directory.resolve("runs/r/judges"), "1");

        assertThat(versionIn(plugIns.bind(run("r")))).isEqualTo("1");
    }

    @Test
    void aFinishedRunLetsGo() throws IOException {
        poem(directory.resolve("judges"), "1");
        Run run = plugIns.bind(run("r"));
        plugIns.bind(run("r").withState(RunState.FINISHED));

        assertThat(judges.named(run.recipe().judgesOf("default").get(1))).isEmpty();
    }

    @Test
    void aRunOfBuiltInJudgesStaysAsItIs() throws IOException {
        JarBuilder.write(directory.resolve("judges/broken.jar"), "PK");
        Run run = RunBuilder.aRun("r").active();

        assertThat(plugIns.bind(run)).isSameAs(run);
        assertThat(judges).hasToString(new Judges(Judges.builtIn()).toString());
    }

    @Test
    void whoeverMissesAJudgeIsToldOfTheBrokenJar() throws IOException {
        JarBuilder.write(directory.resolve("judges/poem.jar"), "PK");
        Run run = plugIns.bind(run("r"));

        assertThat(run.recipe().judgesOf("default")).containsExactly("math", "poem");
        assertThat(judges.named("poem")).isEmpty();
        assertThat(judges.toString()).contains("poem.jar: is no jar");
    }

    private void poem(Path into, String version) throws IOException {
        Files.deleteIfExists(into.resolve("poem.jar"));
        jars.pack(into.resolve("poem.jar"), "Poem", source("Poem", "\"poem\"", "\"" + version + "\""), "Poem");
    }

    private Run run(String id) {
        Run run = RunBuilder.aRun(id)
                .judgedBy(Map.of("default", List.of("math", "poem")))
                .active();
        return new Run(
                id,
                RunState.ACTIVE,
                run.recipe(),
                new ModelReference("file:/base", "0".repeat(64)),
                directory.resolve("runs").resolve(id).toString(),
                null);
    }

    private String versionIn(Run run) {
        return judges.named(run.recipe().judgesOf("default").get(1))
                .map(Judge::version)
                .orElse("none");
    }
}
