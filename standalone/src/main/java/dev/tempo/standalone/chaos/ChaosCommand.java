package dev.tempo.standalone.chaos;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.command.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tempo chaos}: what runs survive. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Kills, freezes and damages runs at random moments, and compares what they come to with an undisturbed"
                    + " run.",
            "It works in a directory and with ports of its own. Full disks are small file systems that root alone can"
                    + " mount; elsewhere they are said to be not possible.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Every run ended in the undisturbed bits; where one had to be resumed by hand it had said why.",
            "1:Something was lost, silently different, waited for without a word, or stopped by what must not stop it.",
            "2:The command line is not understood.",
            "130:It was stopped before its end."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo chaos --each-once",
            "  ./tempo chaos --recipe recipes/quickstart.yaml --each-once --kind freeze --kind poison",
            "  ./tempo chaos --kills 300 --seed 1 --part 2/3",
            "  ./tempo chaos --merge one.jsonl two.jsonl three.jsonl"
        })
public final class ChaosCommand implements Callable<Integer> {

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many faults of all kinds to strike (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "The seed of the faults and their moments (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "The recipe to run (default: 32 rounds of the quickstart's tiny model).")
    private @Nullable Path recipe;

    @Option(names = "--json", description = "Print one JSON object a line and nothing else.")
    private boolean json;

    @Option(names = "--each-once", description = "Strike every kind of fault once, several at a time.")
    private boolean eachOnce;

    @Option(
            names = "--kind",
            paramLabel = "WORDS",
            description =
                    "Strike only faults whose name or family in the table contains these words; may be said more than once.")
    private List<String> kinds = List.of();

    @Option(
            names = "--together",
            paramLabel = "N",
            description =
                    "How many faults strike before the run is given time to recover (default: 1, with --each-once 6).")
    private @Nullable Integer together;

    @Option(names = "--part", paramLabel = "K/M", description = "Strike only the K-th of M parts of the faults.")
    private @Nullable String part;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "90",
            description = "How long a run may stand still without saying why (default: ${DEFAULT-VALUE}).")
    private long patience;

    @Option(
            names = "--longest-freeze",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long a process is frozen when it is for long (default: ${DEFAULT-VALUE}).")
    private long longestFreeze;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file for the results, for --merge (default: results.jsonl in the directory of --in).")
    private @Nullable Path out;

    @Option(
            names = "--in",
            paramLabel = "DIR",
            description = "The directory to work in, new or empty (default: a new one for temporary files).")
    private @Nullable Path in;

    @Option(
            names = "--merge",
            description = "Print the table of the results in FILEs, in Markdown, and strike nothing.")
    private boolean merge;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "The results of parts, for --merge.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        if (merge) {
            if (files.isEmpty()) {
                throw new UserException("--merge needs the files of results that parts left");
            }
            FaultResults merged = FaultResults.merged(files, System.out);
            merged.printTable();
            return merged.isGood() ? 0 : 1;
        }
        if (!files.isEmpty()) {
            throw new UserException("files of results belong to --merge");
        }
        if (kills < 1 || patience < 1 || longestFreeze < 2 || (together != null && together < 1)) {
            throw new UserException("--kills, --together and --patience must be at least 1 and --longest-freeze 2");
        }
        try {
            return strike(plan());
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 130;
        }
    }

    private FaultPlan plan() {
        FaultDeck deck = kinds.isEmpty() ? FaultDeck.whole() : FaultDeck.of(kinds.toArray(String[]::new));
        FaultPlan whole = eachOnce
                ? FaultPlan.eachKindOnce(deck, seed, together == null ? 6 : together)
                : FaultPlan.of(deck, kills, seed, together == null ? 1 : together);
        if (part == null) {
            return whole;
        }
        if (!part.matches("[1-9]\\d{0,3}/[1-9]\\d{0,3}")) {
            throw new UserException("--part must be like 2/3 but is " + part);
        }
        String[] numbers = part.split("/", 2);
        int which = Integer.parseInt(numbers[0]);
        int of = Integer.parseInt(numbers[1]);
        if (which > of) {
            throw new UserException("there is no part " + which + " of " + of);
        }
        return whole.part(which, of);
    }

    private int strike(FaultPlan plan) throws IOException, InterruptedException {
        Path root = in == null
                ? Files.createTempDirectory("tempo-chaos-")
                : Files.createDirectories(in).toAbsolutePath().normalize();
        Path file = out == null ? root.resolve("results.jsonl") : out;
        System.setProperty("tempo.log", root.resolve("chaos.log").toString());
        FaultResults results = new FaultResults(System.out, json);
        AtomicBoolean over = new AtomicBoolean();
        try (Chaos chaos = new Chaos(
                root,
                Place.home(),
                recipe,
                seed,
                Duration.ofSeconds(patience),
                Duration.ofSeconds(longestFreeze),
                results)) {
            Thread stopped = new Thread(
                    () -> {
                        chaos.close();
                        if (!over.get()) {
                            end(results, file);
                        }
                    },
                    "stop-on-signal");
            Runtime.getRuntime().addShutdownHook(stopped);
            chaos.strike(plan);
            over.set(true);
        }
        end(results, file);
        return results.isGood() ? 0 : 1;
    }

    private static void end(FaultResults results, Path file) {
        results.write(file);
        results.note("results: " + file + ", for ./tempo chaos --merge");
        results.sum();
    }
}
