package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.CriticReport;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.UserException;
import dev.tempo.fixtures.Damage;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.device.MachineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a launch writes down, and what resuming takes from it. */
class RunRecordTest {
    private static final ComputeDevice CPU = new ComputeDevice(false, 0);

    @TempDir
    Path directory;

    private Workspace workspace;
    private Run run;

    @BeforeEach
    void aRunOfTwoThreadsThatBeganWithACachedStage() throws IOException {
        workspace = new Workspace(directory.resolve("workspace"));
        run = new Run(
                "mine",
                RunState.PAUSED,
                Example.recipe(directory),
                new ModelReference("file:///base", "0".repeat(64)),
                workspace.run("mine").toString(),
                null);
        RunRecord.write(
                run,
                new LaunchSettings(2, "cpu", "float32", "/judges.yaml"),
                directory.resolve("example.yaml"),
                List.of(report()));
    }

    @Test
    void aRunGoesOnWithWhatItBeganWith() {
        Launch launch = Launch.resume(workspace, "mine", null, CPU);

        assertThat(launch.run()).isEqualTo(run.withState(RunState.ACTIVE));
        assertThat(launch.settings()).isEqualTo(new LaunchSettings(2, "cpu", "float32", "/judges.yaml"));
        assertThat(RunRecord.readCachedReports(workspace.run("mine"))).containsExactly(report());
    }

    @Test
    void aRunThatWasSubmittedToServicesElsewhereIsLeftToThem() {
        Run elsewhere = new Run(
                "far",
                RunState.ACTIVE,
                run.recipe(),
                run.base(),
                workspace.run("far").toString(),
                null);
        RunRecord.submit(elsewhere, directory.resolve("example.yaml"));

        assertThat(KeptRun.of(workspace, "far").state()).isEqualTo(KeptRun.State.SUBMITTED);
        assertThat(RunRecord.read(workspace, "far")).isEqualTo(elsewhere);
        assertThat(workspace.run("far").resolve("recipe.yaml")).isRegularFile();
        assertThatThrownBy(() -> Launch.resume(workspace, "far", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("run far was submitted to a broker")
                .hasMessageContaining("./tempo resume far --bootstrap HOST:PORT");
    }

    @Test
    void whatWouldGiveOtherBitsIsRefusedByName() {
        assertThatThrownBy(() -> Launch.resume(workspace, "mine", 1, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("run mine began with --threads 2 (now 1)");
        assertThatThrownBy(() -> Launch.resume(workspace, "mine", 2, new ComputeDevice(true, 1)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("--device cpu (now cuda:1)")
                .hasMessageContaining("tempo.inference=float32 (now bfloat16)");
    }

    @Test
    void otherNumericsAreRefusedByName() {
        System.setProperty(MachineSettings.NUMERICS, "portable");
        try {
            assertThatThrownBy(() -> Launch.resume(workspace, "mine", null, CPU))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("run mine began with --numerics native (now portable)");
        } finally {
            System.clearProperty(MachineSettings.NUMERICS);
        }
    }

    @ParameterizedTest
    @CsvSource({"labeled.jsonl", "unlabeled.jsonl", "rehearsal.jsonl", "holdout.jsonl", "base/tokenizer.json"})
    void aFileThatWasChangedSinceTheRunBeganIsRefusedByName(String name) throws IOException {
        Path given = directory.resolve(name);
        String was = Files.readString(given);
        Files.writeString(given, was.replace("{", "{ "));

        assertThatThrownBy(() -> Launch.resume(workspace, "mine", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(given + ": has been changed since the run began")
                .hasMessageContaining("put back what was, or begin a new run");

        Files.writeString(given, was);
        assertThat(Launch.resume(workspace, "mine", null, CPU)).isNotNull();
    }

    @Test
    void soIsAnotherTextThatTheBaseHasNow() throws IOException {
        Files.writeString(directory.resolve("base/chat_template.jinja"), "{{ messages }}");

        assertThatThrownBy(() -> Launch.resume(workspace, "mine", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("chat_template.jinja: was not there when the run began");
    }

    @Test
    void whatTheFilesWereIsKeptUnderAHashItself() throws IOException {
        Path noted = workspace.run("mine").resolve("begun/given.sha256");
        Files.writeString(noted, Files.readString(noted).replace('a', 'b'));

        assertThatThrownBy(() -> Launch.resume(workspace, "mine", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(noted + " is damaged");
        Files.delete(noted);
        assertThatThrownBy(() -> Launch.resume(workspace, "mine", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(noted + " is gone");
    }

    @Test
    void aFinishedRunIsNotResumedAndOneThatLacksItsReportIs() throws IOException {
        Files.writeString(workspace.run("mine").resolve("report.md"), "half of it");
        assertThat(Launch.resume(workspace, "mine", null, CPU)).isNotNull();

        Files.writeString(workspace.run("mine").resolve("summary.json"), "{}");
        assertThatThrownBy(() -> Launch.resume(workspace, "mine", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("is finished");
    }

    @Test
    void aRunThatWasMovedIsRefusedBecauseWhatItPublishedNamesFilesWhereItWas() throws IOException {
        Path moved = directory.resolve("moved");
        Files.move(workspace.root(), moved);

        assertThatThrownBy(() -> Launch.resume(new Workspace(moved), "mine", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("was begun in " + run.directory());
    }

    @Test
    void aRunOfAnEarlierOrLaterFormatIsRefusedWithWhatToDo() throws IOException {
        Path file = workspace.run("mine").resolve("launch.json");
        Files.writeString(file, "{\"threads\":1,\"device\":\"cpu\",\"inference\":\"float32\"}");
        assertThatThrownBy(() -> Launch.resume(workspace, "mine", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("run mine was begun by an earlier version of tempo")
                .hasMessageEndingWith("./tempo run " + workspace.run("mine").resolve("recipe.yaml"));

        Files.writeString(file, "{\"format\":99,\"threads\":1,\"device\":\"cpu\",\"inference\":\"float32\"}");
        assertThatThrownBy(() -> Launch.resume(workspace, "mine", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("a later version of tempo");
    }

    @Test
    void aDamagedRecordIsNamedInALine() throws IOException {
        Path file = workspace.run("mine").resolve("launch.json");
        Files.writeString(file, "{\"threads\": 2");

        assertThatThrownBy(() -> Launch.resume(workspace, "mine", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(file + " is damaged")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "run.json, FLIPPED",
        "run.json, TORN",
        "launch.json, FLIPPED",
        "launch.json, TORN",
        "cached-reports.json, FLIPPED",
        "cached-reports.json, TORN",
        "cached-reports.json, MISSING"
    })
    void aDamagedRecordIsNamedWithWhatToDoEvenIfItCanBeRead(String name, Damage damage) {
        Path file = workspace.run("mine").resolve(name);
        damage.to(file);

        assertThatThrownBy(() -> Launch.resume(workspace, "mine", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + " ")
                .hasMessageEndingWith("or compute the run anew by ./tempo run "
                        + workspace.run("mine").resolve("recipe.yaml"))
                .hasMessageNotContaining("\n");
    }

    @Test
    void aSeedWithOneOtherDigitIsDamage() throws IOException {
        Path file = workspace.run("mine").resolve("run.json");
        String record = Files.readString(file);
        assertThat(record).contains("\"seed\":5");
        Files.writeString(file, record.replace("\"seed\":5", "\"seed\":7"));

        assertThatThrownBy(() -> Launch.resume(workspace, "mine", null, CPU))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(file + " is damaged");
    }

    private static EvaluationReport report() {
        return new EvaluationReport(
                "mine", 0, "stage1", 0, false, List.of(), new CriticReport(.75, .25, .5, 12), 1.5, 2.5, "earlier");
    }
}
