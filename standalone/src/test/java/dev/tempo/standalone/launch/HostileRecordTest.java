package dev.tempo.standalone.launch;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.UserException;
import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a launch wrote down, as damage or a hand makes it: a run goes on with it, or says which file is at fault. */
class HostileRecordTest {
    @TempDir
    Path directory;

    private RunDirectory files;

    @BeforeEach
    void aRun() throws Exception {
        Workspace workspace = new Workspace(directory.resolve("workspace"));
        Run run = new Run(
                "mine",
                RunState.PAUSED,
                Example.recipe(directory),
                new ModelReference("file:///base", "0".repeat(64)),
                workspace.run("mine").toString(),
                null);
        RunRecord.write(
                run, new LaunchSettings(2, "cpu", "float32", null), directory.resolve("example.yaml"), List.of());
        files = RunDirectory.of(run);
    }

    private static HostileInputs inputs(String reader) {
        return HostileInputs.of(reader).refusedBy(UserException.class);
    }

    @Test
    void submissions() throws Exception {
        byte[] whole = Files.readAllBytes(files.submission());
        Files.delete(files.launched());
        inputs("run.json").seed(whole).into(input -> {
            Files.write(files.submission(), input);
            return RunRecord.read(files.path());
        });
    }

    @Test
    void settingsOfLaunches() throws Exception {
        byte[] whole = Files.readAllBytes(files.launchSettings());
        Files.delete(files.launched());
        inputs("launch.json").seed(whole).into(input -> {
            Files.write(files.launchSettings(), input);
            return RunRecord.readSettings(files.path());
        });
    }

    @Test
    void cachedReports() throws Exception {
        byte[] whole = Files.readAllBytes(files.cachedReports());
        Files.delete(files.launched());
        inputs("cached-reports.json").seed(whole).into(input -> {
            Files.write(files.cachedReports(), input);
            return RunRecord.readCachedReports(files.path());
        });
    }

    @Test
    void hashesOfWhatWasLaunched() throws Exception {
        byte[] whole = Files.readAllBytes(files.launched());
        inputs("begun/launch.sha256").seed(whole).into(input -> {
            Files.write(files.launched(), input);
            return RunRecord.read(files.path());
        });
    }
}
