package dev.tempo.standalone.chaos;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.launch.FileTrouble;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came of faults: told as they come, kept in a file that {@code --merge} reads, summed up at the end. Thread-safe. */
public final class FaultResults {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int WIDTH = 80;

    private final Map<Integer, FaultRecord> records = new TreeMap<>();
    private final PrintStream out;
    private final boolean json;

    /** @param json whether an object a line is printed, else a table for people */
    public FaultResults(PrintStream out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** The results in files that other parts of a plan left. */
    public static FaultResults merged(List<Path> files, PrintStream out) {
        FaultResults results = new FaultResults(out, false);
        int number = 0;
        for (Path file : files) {
            try {
                for (String line : Files.readAllLines(file)) {
                    JsonNode node = JSON.readTree(line);
                    if (node.path("event").asString("").equals("fault")) {
                        results.records.put(++number, record(node, number));
                    }
                }
            } catch (IOException unreadable) {
                throw new UserException(FileTrouble.words(unreadable));
            } catch (JacksonException torn) {
                throw new UserException(file + " is no file of results: " + torn.getOriginalMessage());
            } catch (IllegalArgumentException unknown) {
                throw new UserException(file + " is no file of results: " + unknown.getMessage());
            }
        }
        return results;
    }

    private static FaultRecord record(JsonNode node, int number) {
        return new FaultRecord(
                number,
                node.path("run").asInt(),
                node.path("kind").asString(),
                node.path("family").asString(),
                node.path("moment").asString(),
                node.path("done").asString(),
                node.path("seen").asString(),
                node.path("seconds").asDouble(),
                FaultOutcome.valueOf(node.path("outcome").asString()));
    }

    /** Says something that is no result. */
    public synchronized void note(String text) {
        if (json) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "note");
            event.put("text", text);
            print(JSON.writeValueAsString(event));
        } else {
            print(text);
        }
    }

    synchronized void add(FaultRecord record) {
        records.put(record.number(), record);
        if (json) {
            print(object(record));
            return;
        }
        print(String.format(
                Locale.ROOT,
                "%4d %-30.30s %-23.23s %6.1f %s",
                record.number(),
                record.kind(),
                record.moment(),
                record.seconds(),
                record.outcome()));
        String more = record.done() + (record.seen().isEmpty() ? "" : ": " + record.seen());
        print("     "
                + (more.length() > WIDTH - 5 && record.outcome().isGood()
                        ? more.substring(0, WIDTH - 8) + "..."
                        : more));
    }

    private static String object(FaultRecord record) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "fault");
        event.put("number", record.number());
        event.put("run", record.run());
        event.put("kind", record.kind());
        event.put("family", record.family());
        event.put("moment", record.moment());
        event.put("done", record.done());
        event.put("seen", record.seen());
        event.put("seconds", record.seconds());
        event.put("outcome", record.outcome().name());
        return JSON.writeValueAsString(event);
    }

    /** Keeps all that is known in a file, an object a line. */
    public synchronized void write(Path file) {
        try {
            Files.write(
                    file, records.values().stream().map(FaultResults::object).toList());
        } catch (IOException unwritable) {
            throw new UserException(FileTrouble.words(unwritable));
        }
    }

    /** Whether nothing was lost, silently different, waited for without a word or stopped by what must not stop it. */
    public synchronized boolean isGood() {
        return records.values().stream().allMatch(record -> record.outcome().isGood());
    }

    /** The sum, in a line for people or an object. */
    public synchronized void sum() {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("event", "sum");
        counts.put("faults", records.size());
        List<String> words = new ArrayList<>();
        for (FaultOutcome outcome : FaultOutcome.values()) {
            long count = count(List.copyOf(records.values()), outcome);
            counts.put(outcome.name(), count);
            if (count > 0 || !outcome.isGood()) {
                words.add(count + " " + outcome);
            }
        }
        print(json ? JSON.writeValueAsString(counts) : records.size() + " faults: " + String.join(", ", words));
    }

    /** The table of kinds, in Markdown. */
    public synchronized void printTable() {
        Map<String, List<FaultRecord>> kinds = new LinkedHashMap<>();
        records.values().stream()
                .sorted((one, other) -> (one.family() + one.kind()).compareTo(other.family() + other.kind()))
                .forEach(record -> kinds.computeIfAbsent(record.kind(), kind -> new ArrayList<>())
                        .add(record));
        print("| what was done | times | equal bits | stated, then equal | not possible here | stopped | lost"
                + " | silently different | unexplained wait | s to recover, median | most |");
        print("|---|---|---|---|---|---|---|---|---|---|---|");
        kinds.forEach(this::row);
        row("all", List.copyOf(records.values()));
    }

    private void row(String name, List<FaultRecord> of) {
        double[] seconds = of.stream()
                .filter(record -> record.outcome() != FaultOutcome.IMPOSSIBLE)
                .mapToDouble(FaultRecord::seconds)
                .sorted()
                .toArray();
        StringBuilder line = new StringBuilder("| " + name + " | " + of.size());
        for (FaultOutcome outcome : FaultOutcome.values()) {
            line.append(" | ").append(count(of, outcome));
        }
        print(line
                + (seconds.length == 0
                        ? " | - | - |"
                        : String.format(
                                Locale.ROOT,
                                " | %.1f | %.1f |",
                                seconds[seconds.length / 2],
                                seconds[seconds.length - 1])));
    }

    private static long count(List<FaultRecord> records, FaultOutcome outcome) {
        return records.stream().filter(record -> record.outcome() == outcome).count();
    }

    private void print(String line) {
        out.println(line);
        out.flush();
    }
}
