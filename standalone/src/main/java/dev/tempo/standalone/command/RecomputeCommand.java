package dev.tempo.standalone.command;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.eval.report.Recomputation;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.eval.report.Summary;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.BrokerOnly;
import dev.tempo.standalone.launch.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tempo recompute}: a finished run's scores, counted again from what is on its topics. */
@Command(
        name = "recompute",
        mixinStandardHelpOptions = true,
        description = {
            "Counts every score of a finished run again from the records on its topics.",
            "It compares with what was reported and names what differs: rule judges judge again, and avg@k, pass@k, maj@k,"
                    + " AUC and Brier are computed again. It starts the broker for it, so no run may be at work in the"
                    + " workspace.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Everything agrees.",
            "1:Something does not, or the run cannot be read.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./tempo recompute quickstart-s0-1121-141831")
public final class RecomputeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "RUN", description = "The id of a finished run.")
    private String run = "";

    @Option(names = "--all", description = "Print every number, not only those that disagree.")
    private boolean all;

    @Mixin
    private final Place place = new Place();

    @Override
    public Integer call() {
        Path directory = place.workspace().run(run);
        Run submitted = Launch.submission(place.workspace(), run);
        if (!Files.isRegularFile(new RunDirectory(directory).summary())) {
            throw new UserException("run " + run + " is not finished; go on with ./tempo run --resume " + run);
        }
        Launch.refuseOtherFormat(directory);
        Recomputation recomputation = new Recomputation(submitted.run(), submitted.recipe());
        Map<Integer, EvaluationReport> reports = new TreeMap<>();
        Path log = new RunDirectory(directory).logs().resolve("recompute.log");
        try (BrokerOnly broker = BrokerOnly.start(place.workspace(), place.ports(), "./tempo recompute", log);
                BrokerConnection connection = BrokerConnection.connect(broker.bootstrapServers())) {
            connection.follow(Topics.EVALUATION_ANSWERS, recomputation::add);
            connection.follow(Topics.JUDGED_EVALUATION_TRAJECTORIES, recomputation::add);
            connection.follow(Topics.VALUED_EVALUATION_TRAJECTORIES, recomputation::add);
            connection.follow(Topics.EVALUATION_REPORTS, report -> {
                if (report.run().equals(run)) {
                    reports.put(report.version(), report);
                }
            });
        }
        return verdict(recomputation, reports, ReportWriter.read(directory));
    }

    private int verdict(Recomputation recomputation, Map<Integer, EvaluationReport> reports, Summary summary) {
        List<String> problems = new ArrayList<>(recomputation.changedVerdicts());
        int numbers = 0;
        for (Summary.StageSummary stage : summary.stages()) {
            EvaluationReport report = reports.get(stage.version());
            if (stage.from() != null) {
                System.out.println(
                        stage.label() + " was measured by run " + stage.from() + ": ./tempo recompute " + stage.from());
            } else if (report == null) {
                problems.add("summary.json has " + stage.label() + " but its topic has no such report");
            } else {
                List<Recomputation.Check> checks = new ArrayList<>(recomputation.check(report));
                checks.addAll(summaryAgainst(stage, report));
                numbers += checks.size();
                for (Recomputation.Check check : checks) {
                    String line = String.format(
                            Locale.ROOT, "%-44s %.12f %.12f", check.what(), check.reported(), check.recomputed());
                    if (!check.agrees()) {
                        problems.add(line);
                    } else if (all) {
                        System.out.println(line);
                    }
                }
            }
        }
        problems.forEach(problem -> System.out.println("DISAGREES  " + problem));
        System.out.println(numbers + " numbers of " + reports.size() + " measurements recomputed, " + problems.size()
                + " disagreements");
        return problems.isEmpty() ? 0 : 1;
    }

    private static List<Recomputation.Check> summaryAgainst(Summary.StageSummary stage, EvaluationReport report) {
        List<Recomputation.Check> checks = new ArrayList<>();
        report.sets().forEach(set -> {
            Object written = stage.sets().getOrDefault(set.set(), Map.of()).get("avg" + set.samples());
            checks.add(new Recomputation.Check(
                    "summary v" + stage.version() + " " + set.set() + " avg@" + set.samples(),
                    written instanceof Number number ? number.doubleValue() : Double.NaN,
                    set.avg().value()));
        });
        return checks;
    }
}
