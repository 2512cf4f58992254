package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.standalone.command.FriendlyErrors;
import dev.tempo.standalone.command.RunCommand;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.quickstart.OwnRecipe;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A run whose data is Parquet, CSV and gzip: the bits of the one whose data is JSON lines. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class TablesRunTest {
    private static final String SHORT = """
            extends: mine/recipe.yaml
            name: %s
            %sevaluation: {samples: 2, passAt: [2]}
            stages:
              - {name: stage1, rounds: 1, questions: 4, samples: 2, criticWarmUp: 1, policy: {miniBatch: 8}}
              - name: test-time
                rounds: 1
                questions: 4
                samples: 2
                recalibration: {questions: 4, samples: 2}
            """;

    @TempDir
    Path directory;

    @Test
    void theFormatOfItsDataDoesNotChangeARun() throws IOException, SQLException {
        Path mine = directory.resolve("mine");
        new OwnRecipe(mine, Path.of("..").toAbsolutePath().normalize()).write("mine");
        Path shards = Files.createDirectories(directory.resolve("labeled/data"));
        copy(
                "SELECT * FROM read_json('" + mine.resolve("labeled.jsonl") + "')",
                shards.resolve("train-00000-of-00001.parquet"));
        copy("SELECT * FROM read_json('" + mine.resolve("unlabeled.jsonl") + "')", directory.resolve("unlabeled.csv"));
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(directory.resolve("unlabeled.csv.gz")))) {
            Files.copy(directory.resolve("unlabeled.csv"), packed);
        }
        Path lines = Files.writeString(directory.resolve("lines.yaml"), SHORT.formatted("lines", ""));
        Path tables = Files.writeString(
                directory.resolve("tables.yaml"),
                SHORT.formatted("tables", "data: {labeled: {file: labeled}, unlabeled: {file: unlabeled.csv.gz}}\n"));

        Path one = run(lines);
        Path other = run(tables);

        assertThat(other.resolve("final/model.safetensors"))
                .hasSameBinaryContentAs(one.resolve("final/model.safetensors"));
    }

    private static void copy(String select, Path to) throws SQLException {
        try (Connection connection =
                        Objects.requireNonNull(new DuckDBDriver().connect("jdbc:duckdb:", new Properties()));
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (" + select + ") TO '" + to + "'");
        }
    }

    private Path run(Path recipe) {
        Workspace workspace = new Workspace(directory.resolve("workspace-of-" + recipe.getFileName()));
        int finished = new CommandLine(new RunCommand())
                .setExecutionExceptionHandler(new FriendlyErrors())
                .execute(
                        recipe.toString(),
                        "--single-jvm",
                        "--workspace=" + workspace.root(),
                        "--port-base=" + RunningSystem.freePorts().base());
        assertThat(finished).isZero();
        return workspace.run(workspace.runs().get(0));
    }
}
