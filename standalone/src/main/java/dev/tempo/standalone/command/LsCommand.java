package dev.tempo.standalone.command;

import dev.tempo.contract.Run;
import dev.tempo.messaging.Wire;
import dev.tempo.standalone.launch.KeptRun;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.progress.Screen;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tempo ls}: the runs of a workspace. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists the runs of the workspace, the newest first.",
            "Each is running, stopped (it can be resumed), finished, cancelled, submitted to services elsewhere, of"
                    + " another format (another version of tempo began it) or damaged. No broker is needed.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:The runs are listed, even if there are none.", "2:The command line is not understood."},
        footerHeading = "%nExamples:%n",
        footer = {"  ./tempo ls", "  ./tempo ls --json"})
public final class LsCommand implements Callable<Integer> {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final double MEGABYTE = 1e6;

    @Option(names = "--json", description = "Print one JSON object a line, for each run one.")
    private boolean json;

    @Mixin
    private final Place place = new Place();

    @Override
    public Integer call() {
        Workspace workspace = place.workspace();
        List<KeptRun> runs = workspace.runs().stream()
                .map(id -> KeptRun.of(workspace, id))
                .sorted(Comparator.comparing(KeptRun::begun).reversed().thenComparing(KeptRun::id))
                .toList();
        if (json) {
            runs.forEach(run -> System.out.println(new String(Wire.write(run.fields()), StandardCharsets.UTF_8)));
        } else if (runs.isEmpty()) {
            System.out.println("no run yet in " + workspace.root().resolve("runs") + "; begin one by ./tempo run");
        } else {
            print(runs);
        }
        return 0;
    }

    /** One line a run where that fits, else its id on a line of its own: an id is never cut, for it is copied. */
    private static void print(List<KeptRun> runs) {
        int id = width(runs.stream().map(KeptRun::id).toList());
        int recipe = width(runs.stream().map(LsCommand::recipe).toList());
        boolean fits = id + 2 + rest(runs.get(0), recipe).length()
                <= Screen.ofThisProcess().width();
        for (KeptRun run : runs) {
            System.out.println(
                    fits
                            ? pad(run.id(), id) + "  " + rest(run, recipe)
                            : run.id() + System.lineSeparator() + "  " + rest(run, recipe));
        }
    }

    private static String rest(KeptRun run, int recipeWidth) {
        Run submission = run.submission();
        String versions = "v" + run.newest()
                + (submission == null || submission.recipe().unbounded()
                        ? ""
                        : " of " + submission.recipe().rounds());
        return pad(recipe(run), recipeWidth)
                + String.format(
                        Locale.ROOT,
                        "  %-12s  %-10s  %s  %8.1f MB",
                        run.state(),
                        versions,
                        MINUTE.format(run.begun().atZone(ZoneId.systemDefault())),
                        run.bytes() / MEGABYTE);
    }

    private static String recipe(KeptRun run) {
        Run submission = run.submission();
        return submission == null
                ? "-"
                : submission.recipe().name() + " s" + submission.recipe().seed();
    }

    private static int width(List<String> words) {
        return words.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String word, int width) {
        return word + " ".repeat(width - word.length());
    }
}
