package dev.tempo.standalone.reproduce;

import dev.tempo.contract.UserException;
import dev.tempo.eval.reproduction.Ablation;
import dev.tempo.eval.reproduction.AblationReport;
import dev.tempo.eval.reproduction.Method;
import dev.tempo.eval.reproduction.MethodSummary;
import dev.tempo.eval.reproduction.PaperClaim;
import dev.tempo.eval.reproduction.SuiteReport;
import dev.tempo.standalone.command.DeviceOption;
import dev.tempo.standalone.command.Place;
import dev.tempo.standalone.launch.ThreadsOption;
import dev.tempo.standalone.launch.WorkspaceLock;
import dev.tempo.standalone.progress.JsonView;
import dev.tempo.standalone.progress.RunView;
import dev.tempo.standalone.progress.Screen;
import dev.tempo.standalone.progress.SuiteView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.commons.text.WordUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code tempo reproduce}: the paper's claims, from runs to a report. */
@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs every method on several seeds and says which of the paper's claims the numbers bear out.",
            "What is finished in the workspace is not run again, an unfinished run is resumed, and stage 1 is shared by the"
                    + " methods of a seed: after a stop or a kill the same command goes on. It leaves a page, results.html,"
                    + " the same as results.md, and a small summary of every run in results/data, from which --from writes"
                    + " the same report anywhere. docs/reproduction.md says by which criteria claims count as reproduced.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The report is written, whatever it says.",
            "1:A run or the report cannot be made; the last line says why.",
            "2:The command line is not understood.",
            "130:It was stopped before its end; the same command goes on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo reproduce                                  six methods on seeds 0 to 2: some hours on 2 cores",
            "  ./tempo reproduce --seeds 3 --methods tempo,ttrl --rounds 20",
            "  ./tempo reproduce --seeds 0-1 --methods tempo,frozen --rounds 350",
            "  ./tempo reproduce --from docs --out /tmp/report    the report alone, from summaries"
        })
public final class ReproduceCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int STOPPED = 130;

    @Option(
            names = "--seeds",
            paramLabel = "SEEDS",
            description = "Seeds and ranges of them: 0-2,7 (default: 0-2; with --from all that are there).")
    private @Nullable String seeds;

    @Option(
            names = "--methods",
            paramLabel = "NAME",
            split = ",",
            description =
                    "tempo, and what stands behind the world's name in its recipes' files: quickstart-ttrl.yaml is ttrl"
                            + " (default: of tempo,rehearsed,ttrl,empo,frozen,continued those that the world has; with"
                            + " --from all that are there)."
                            + " The word all adds those of scrl,ttrl-guard,em-rl.")
    private @Nullable List<String> methods;

    @Option(
            names = "--ablation",
            paramLabel = "NAME",
            split = ",",
            description =
                    "In place of methods, run variants of TEMPO that differ in one thing, and say which help: labels,"
                            + " distribution, recalibration, value-index, whitening, rehearsal, reward, or all of them. The report is"
                            + " ablations.html.")
    private @Nullable List<String> ablation;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "Rounds of the last stage, in which methods differ (default: the recipes'). A run of more rounds"
                            + " that is there counts for one of fewer.")
    private @Nullable Integer rounds;

    @Option(
            names = "--world",
            paramLabel = "NAME",
            description =
                    "The world: a recipe of the project without its suffix (default: quickstart; with --from all that"
                            + " are there, and for ablations the only one).")
    private @Nullable String world;

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "In its place, any recipe; a method's stands beside it, as FILE-METHOD.yaml.")
    private @Nullable Path recipe;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description =
                    "Run nothing: report on the summaries in DIR, or in results/data below it. May be given again.")
    private List<Path> from = List.of();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where results.html, results.md and results/ are written (default: runs/reproduce of the"
                    + " workspace).")
    private @Nullable Path out;

    @Option(
            names = "--json",
            description = "Print one JSON object a line and nothing else; docs/run-events.md lists them.")
    private boolean json;

    @Option(
            names = "--single-jvm",
            description = "Run all services in this process: it takes half the memory, and one crash ends all.")
    private boolean singleJvm;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    @Mixin
    private final DeviceOption deviceOption = new DeviceOption();

    @Mixin
    private final Place place = new Place();

    @Override
    public Integer call() {
        if (rounds != null && rounds < 1) {
            throw new UserException("--rounds must be at least 1 but is " + rounds);
        }
        threads.named();
        if (ablation != null && methods != null) {
            throw new UserException("--ablation has variants of TEMPO in place of methods; leave out --methods");
        }
        Path target = out == null ? place.workspace().run("reproduce") : out;
        if (!from.isEmpty()) {
            refuseWhatNothingRuns();
            if (ablation == null) {
                tell(new SuiteReport(wanted(SuiteReport.read(from))), target);
            } else {
                tell(new AblationReport(wanted(AblationReport.read(from))), target);
            }
            return 0;
        }
        if (recipe != null && world != null) {
            throw new UserException("--recipe and --world both say what is run; leave one of them out");
        }
        Path base = recipe == null
                ? Place.quickstart().resolveSibling((world == null ? "quickstart" : world) + ".yaml")
                : recipe;
        if (!Files.isRegularFile(base)) {
            throw new UserException("there is no recipe " + base);
        }
        List<Long> numbers = SeedNumbers.of(seeds == null ? "0-2" : seeds);
        if (ablation == null) {
            return run(PlannedRun.all(base, numbers, methods(base), rounds), target);
        }
        AblationPlan plan = new AblationPlan(base, place.workspace().ablations());
        return run(plan.all(numbers, ablations(ablation, plan), rounds), target);
    }

    private void refuseWhatNothingRuns() {
        List<String> useless = new ArrayList<>();
        if (rounds != null) {
            useless.add("--rounds");
        }
        if (recipe != null) {
            useless.add("--recipe");
        }
        if (threads.named() != null) {
            useless.add("--threads");
        }
        if (singleJvm) {
            useless.add("--single-jvm");
        }
        if (!useless.isEmpty()) {
            throw new UserException("--from runs nothing, so that " + String.join(" and ", useless)
                    + (useless.size() == 1 ? " has" : " have") + " no use; leave "
                    + (useless.size() == 1 ? "it" : "them")
                    + " out, or --from");
        }
    }

    /** Those that are asked for; of {@code all} those that the world can have. */
    private static List<Ablation> ablations(List<String> names, AblationPlan plan) {
        List<Ablation> named = Ablation.named(names);
        return Ablation.isEvery(names) ? named.stream().filter(plan::has).toList() : named;
    }

    private List<MethodSummary> wanted(List<MethodSummary> summaries) {
        return new WantedSummaries(
                        world,
                        seeds == null ? null : SeedNumbers.of(seeds),
                        methods,
                        ablation == null ? null : Ablation.named(ablation))
                .of(summaries, from);
    }

    private List<String> methods(Path base) {
        return methods == null
                ? PlannedRun.among(Method.USUAL, base)
                : Method.named(methods, PlannedRun.among(Method.ALL, base));
    }

    private int run(List<PlannedRun> planned, Path target) {
        Path data = ablation == null ? SuiteReport.data(target) : AblationReport.data(target);
        SuitePace pace = new SuitePace();
        List<PlannedRun> left = new ArrayList<>(planned);
        try (WorkspaceLock lock =
                place.workspace().lock("./tempo reproduce", json ? note -> {} : System.out::println)) {
            Suite suite = new Suite(
                    place,
                    lock,
                    deviceOption.device(),
                    threads.orOne(),
                    singleJvm,
                    data,
                    List.of(SuiteReport.data(target)));
            for (int number = 1; number <= planned.size(); number++) {
                PlannedRun next = planned.get(number - 1);
                left.remove(next);
                pace.begun(next);
                try (RunView view = view(next, number, planned.size(), pace, List.copyOf(left))) {
                    Suite.Begun begun = suite.begin(next, view);
                    Optional<MethodSummary> summary = suite.finished(begun);
                    String state =
                            summary.isPresent() ? "finished before" : suite.isUnfinished(begun) ? "resumed" : "new";
                    tellOf(begun, number, planned.size(), state, view);
                    if (summary.isEmpty()) {
                        summary = suite.run(begun, view);
                    }
                    if (summary.isEmpty()) {
                        view.note("the same command goes on with it");
                        return STOPPED;
                    }
                    pace.finished(summary.get());
                }
                if (!left.isEmpty()) {
                    writeSoFar(data, planned.get(0).world(), target);
                }
            }
        }
        if (ablation == null) {
            tell(new SuiteReport(known(data)), target);
        } else {
            tell(new AblationReport(ofWorld(data, planned.get(0).world())), target);
        }
        return 0;
    }

    private void writeSoFar(Path data, String world, Path target) {
        if (ablation == null) {
            new SuiteReport(known(data)).write(target);
            return;
        }
        List<MethodSummary> there = ofWorld(data, world);
        if (AblationReport.isAny(there)) {
            new AblationReport(there).write(target);
        }
    }

    private static List<MethodSummary> ofWorld(Path data, String world) {
        return known(data).stream()
                .filter(summary -> summary.world().equals(world))
                .toList();
    }

    /** All that is there, of earlier seeds, methods and worlds, too. */
    private static List<MethodSummary> known(Path data) {
        return SuiteReport.read(List.of(data));
    }

    private RunView view(PlannedRun run, int number, int all, SuitePace pace, List<PlannedRun> later) {
        return json
                ? new JsonView(System.out)
                : new SuiteView(Screen.ofThisProcess(), number + " of " + all + ": " + run.words(), pace.left(later));
    }

    private void tellOf(Suite.Begun begun, int number, int all, String state, RunView view) {
        if (!json) {
            view.note(number + " of " + all + ": " + begun.planned().words() + ", " + state + ", run " + begun.id());
            return;
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "suite");
        event.put("method", begun.planned().method());
        event.put("seed", begun.planned().seed());
        event.put("run", begun.id());
        event.put("number", number);
        event.put("of", all);
        event.put("state", state);
        System.out.println(JSON.writeValueAsString(event));
    }

    private void tell(AblationReport report, Path target) {
        List<Path> files = report.write(target);
        if (json) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "ablated");
            event.put("variants", report.comparisons());
            event.put("files", files.stream().map(Path::toString).toList());
            System.out.println(JSON.writeValueAsString(event));
            return;
        }
        System.out.println();
        for (AblationReport.Comparison each : report.comparisons()) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-18s %+.3f [%+.3f, %+.3f]  %s: %s%n",
                    each.effect(),
                    each.difference(),
                    each.low(),
                    each.high(),
                    each.ablation(),
                    each.words());
        }
        System.out.println();
        files.forEach(System.out::println);
    }

    private void tell(SuiteReport report, Path target) {
        List<Path> files = report.write(target);
        if (json) {
            Map<String, Object> event = new LinkedHashMap<>();
            event.put("event", "reproduced");
            event.put("claims", report.claims());
            event.put("files", files.stream().map(Path::toString).toList());
            System.out.println(JSON.writeValueAsString(event));
            return;
        }
        int width = Screen.ofThisProcess().width();
        report.claims().forEach((group, claims) -> {
            System.out.println();
            System.out.println(WordUtils.capitalize(group, '\n'));
            for (PaperClaim claim : claims) {
                System.out.printf("  %-15s %s%n", claim.outcome(), claim.words());
            }
        });
        System.out.println();
        report.sentences().forEach(sentence -> System.out.println(WordUtils.wrap(sentence, width)));
        files.forEach(System.out::println);
    }
}
