package dev.tempo.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultResultsTest {
    private static final String OLD =
            "{\"event\":\"fault\",\"number\":1,\"run\":1,\"kind\":\"KIND\",\"family\":\"freeze\","
                    + "\"moment\":\"at random\",\"done\":\"\",\"seen\":\"\",\"seconds\":4.0,\"outcome\":\"STATED\"}";

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void partsAreMergedIntoOneTable() {
        Path one = part("one", record(1, "the run's disk is full", 2, FaultOutcome.EQUAL));
        Path other = part(
                "other",
                record(2, "the run's disk is full", 6, FaultOutcome.STATED),
                record(3, "freeze kafka", 4, FaultOutcome.EQUAL));

        FaultResults merged = FaultResults.merged(List.of(one, other), out);
        merged.printTable();

        assertThat(merged.isGood()).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .contains(
                        "| the run's disk is full | 2 | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 6.0 | 6.0 |",
                        "| freeze kafka | 1 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 4.0 | 4.0 |",
                        "| all | 3 | 2 | 1 | 0 | 0 | 0 | 0 | 0 | 4.0 | 6.0 |");
    }

    @Test
    void aRunThatStatesWhyItStoppedIsGoodOnlyAfterWhatMayStopIt() throws IOException {
        for (String kind : List.of("kill -9 the launcher", "damage run.json", "delete the broker's directory, live")) {
            assertThat(FaultResults.merged(List.of(part("may", record(1, kind, 1, FaultOutcome.STATED))), out)
                            .isGood())
                    .as(kind)
                    .isTrue();
        }
        for (String kind : List.of("kill -9 kafka", "freeze everything", "poison: garbage", "damage a cached stage")) {
            assertThat(FaultResults.merged(List.of(part("not", record(1, kind, 1, FaultOutcome.STATED))), out)
                            .isGood())
                    .as(kind)
                    .isFalse();
        }
        // as it was written when every kind was allowed to stop a run, and of a kind that is no more
        Path old = Files.writeString(
                directory.resolve("old.jsonl"),
                OLD.replace("KIND", "freeze kafka") + "\n" + OLD.replace("KIND", "pull the plug") + "\n");

        FaultResults merged = FaultResults.merged(List.of(old), out);
        merged.printTable();

        assertThat(merged.isGood()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .contains(
                        "| freeze kafka | 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 4.0 | 4.0 |",
                        "| pull the plug | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 4.0 | 4.0 |");
    }

    @Test
    void oneThingLostMakesAllOfItBad() {
        for (FaultOutcome bad :
                List.of(FaultOutcome.STOPPED, FaultOutcome.LOST, FaultOutcome.DIFFERENT, FaultOutcome.UNEXPLAINED)) {
            Path file = part("one", record(1, "x", 1, FaultOutcome.EQUAL), record(2, "y", 1, bad));
            assertThat(FaultResults.merged(List.of(file), out).isGood()).isFalse();
        }
    }

    @Test
    void aLaterDifferenceReplacesWhatWasSaidOfTheFault() {
        FaultResults results = new FaultResults(out, false);
        FaultRecord record = record(1, "x", 1, FaultOutcome.EQUAL);
        results.add(record);
        results.add(record.with(FaultOutcome.DIFFERENT, "later"));

        results.sum();

        assertThat(results.isGood()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("1 faults: 0 STOPPED, 0 LOST, 1 SILENTLY DIFFERENT, 0 UNEXPLAINED WAIT");
    }

    @Test
    void anotherFileIsRefusedByName() throws IOException {
        Path other = Files.writeString(directory.resolve("other.txt"), "hello\n");

        assertThatThrownBy(() -> FaultResults.merged(List.of(other), out))
                .isInstanceOf(UserException.class)
                .hasMessageContaining(other + " is no file of results");
    }

    private Path part(String name, FaultRecord... records) {
        FaultResults results = new FaultResults(out, true);
        for (FaultRecord record : records) {
            results.add(record);
        }
        Path file = directory.resolve(name + ".jsonl");
        results.write(file);
        return file;
    }

    private static FaultRecord record(int number, String kind, double seconds, FaultOutcome outcome) {
        return new FaultRecord(number, 1, kind, "family", "at random", "done", "seen", seconds, outcome);
    }
}
