package dev.tempo.eval.reproduction;

import dev.tempo.algorithm.Bootstrap;
import dev.tempo.contract.UserException;
import dev.tempo.eval.reproduction.MethodSummary.MeasuredVersion;
import dev.tempo.eval.reproduction.MethodSummary.SetQuestions;
import dev.tempo.eval.reproduction.SeedGroup.Milestone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report of ablations: which changes of TEMPO help. The same summaries give the same bytes. */
public final class AblationReport {
    private static final String DIRECTORY = "ablations";

    private final List<MethodSummary> summaries;
    private final Map<Ablation, SeedGroup> groups;

    /** @param summaries of one world; of a method and seed that are there more than once, the longest run counts */
    public AblationReport(Collection<MethodSummary> summaries) {
        this.summaries = MethodSummary.longest(summaries);
        groups = groups(this.summaries);
        if (groups.isEmpty()) {
            throw new UserException("there is no ablation to report on: it needs TEMPO and a variant of it");
        }
    }

    private static Map<Ablation, SeedGroup> groups(List<MethodSummary> summaries) {
        Map<Ablation, SeedGroup> groups = new LinkedHashMap<>();
        for (Ablation ablation : Ablation.ALL) {
            List<MethodSummary> own = summaries.stream()
                    .filter(summary -> ablation.methods().contains(summary.method()))
                    .toList();
            SeedGroup group = new SeedGroup(
                    SeedGroup.seeds(own.stream().map(MethodSummary::seed).toList()), own);
            if (group.methods().contains(Method.TEMPO) && group.methods().size() > 1) {
                groups.put(ablation, group);
            }
        }
        return groups;
    }

    /** Whether summaries are enough for a report: TEMPO's and a variant's. */
    public static boolean isAny(Collection<MethodSummary> summaries) {
        return !groups(MethodSummary.longest(summaries)).isEmpty();
    }

    /** The summaries in directories: in each itself, or where a report's own are kept below it. */
    public static List<MethodSummary> read(List<Path> directories) {
        return MethodSummary.read(directories, AblationReport::data);
    }

    /** Where the summaries of a report in a directory are kept. */
    public static Path data(Path out) {
        return out.resolve(DIRECTORY).resolve("data");
    }

    /** What a change of TEMPO does. */
    public enum Effect {
        HELPS("helps"),
        HURTS("hurts"),
        UNDECIDED("no difference seen");

        private final String words;

        Effect(String words) {
            this.words = words;
        }

        static Effect of(Bootstrap.Interval difference) {
            if (difference.low() > 0) {
                return HELPS;
            }
            return difference.high() < 0 ? HURTS : UNDECIDED;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * A variant against TEMPO.
     *
     * @param round of the last stage at which they are compared
     * @param difference of avg@n on the questions without labels, the variant's less TEMPO's
     * @param low end of its interval over seeds and questions
     */
    public record Comparison(
            String ablation,
            String method,
            String words,
            List<Long> seeds,
            int round,
            double difference,
            double low,
            double high,
            Effect effect) {}

    /** Every variant that was run, by ablation. */
    public List<Comparison> comparisons() {
        List<Comparison> comparisons = new ArrayList<>();
        groups.forEach((ablation, group) -> {
            for (Ablation.Variant variant : ablation.variants()) {
                lead(group, variant.method(), group.testTime().set(), ScoreKind.AVERAGE)
                        .ifPresent(lead -> comparisons.add(comparison(ablation, variant, group, lead)));
            }
        });
        return comparisons;
    }

    private static Comparison comparison(
            Ablation ablation, Ablation.Variant variant, SeedGroup group, PairedScores lead) {
        Bootstrap.Interval interval = lead.intervalOverSeeds();
        return new Comparison(
                ablation.name(),
                variant.method(),
                variant.words(),
                List.copyOf(lead.bySeed().keySet()),
                group.end(),
                interval.estimate(),
                interval.low(),
                interval.high(),
                Effect.of(interval));
    }

    /** A variant's scores less TEMPO's at the end; empty for TEMPO itself and where nothing was measured after the start. */
    private static Optional<PairedScores> lead(SeedGroup group, String method, String set, ScoreKind kind) {
        int end = group.end();
        return method.equals(Method.TEMPO) || end == 0
                ? Optional.empty()
                : group.difference(new Milestone(method, end), new Milestone(Method.TEMPO, end), set, kind);
    }

    /**
     * Writes ablations.html, ablations.md and, in ablations/, the figures.
     *
     * @return the page and the Markdown
     */
    public List<Path> write(Path out) {
        return new ReportPage("Ablations of TEMPO on the " + summaries.get(0).world(), DIRECTORY, parts()).write(out);
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(
                new Part.Paragraph(
                        "Each variant changes one thing of TEMPO's test-time stage. A row says what that does to"
                                + " the score on questions without labels, paired over questions and seeds. Every number is computed"
                                + " from the summaries of the runs; `./tempo reproduce --from DIR --ablation all` does it again, with DIR where this page lies."));
        parts.add(new Part.Title(2, "What helps"));
        parts.add(overview());
        groups.forEach((ablation, group) -> {
            parts.add(new Part.Title(2, ablation.question()));
            parts.add(table(ablation, group));
            parts.add(new AblationFigures(ablation, group).all());
        });
        parts.add(new Part.Title(2, "By what"));
        parts.add(new SuiteRuns(summaries).table());
        return parts;
    }

    private Part.Table overview() {
        List<List<Part.Cell>> rows = new ArrayList<>();
        for (Comparison each : comparisons()) {
            rows.add(List.of(
                    Part.Cell.of(each.ablation()),
                    Part.Cell.of(each.words()),
                    Part.Cell.of(
                            Numbers.signed(each.difference()),
                            Numbers.signed(each.low()) + " to " + Numbers.signed(each.high())),
                    effect(each.effect()),
                    Part.Cell.of(SeedGroup.seeds(each.seeds()) + ", round " + each.round())));
        }
        return new Part.Table(
                List.of("ablation", "variant", "score less TEMPO's", "", "measured on"),
                rows,
                "Below a difference: its 95 % bootstrap interval, which draws seeds anew and, within each, questions; with"
                        + " one seed, questions alone. A variant helps or hurts where the interval is without 0. With few seeds"
                        + " such an interval is narrow rather than wide, and the table looks at many variants: read a difference"
                        + " that barely clears 0 as a reason to run more seeds.");
    }

    private static Part.Cell effect(Effect effect) {
        Part.Kind kind = switch (effect) {
            case HELPS -> Part.Kind.GOOD;
            case HURTS -> Part.Kind.BAD;
            case UNDECIDED -> Part.Kind.ABSENT;
        };
        return new Part.Cell(effect.toString(), "", kind);
    }

    private static Part.Table table(Ablation ablation, SeedGroup group) {
        SetQuestions set = group.testTime();
        ScoreKind widest = group.widest();
        Optional<SetQuestions> held =
                group.sets().stream().filter(other -> !other.testTime()).findFirst();
        List<String> titles = new ArrayList<>(List.of(
                "at round " + group.end(),
                ScoreKind.AVERAGE.words(set.samples()),
                "less TEMPO's",
                "seed by seed",
                widest.words(set.samples()) + " less TEMPO's"));
        held.ifPresent(other -> titles.add(other.set() + " less TEMPO's"));
        titles.addAll(List.of("AUC", "Brier", "claims to be right", "processor s a round"));
        boolean apart = ablation.name().equals("distribution");
        if (apart) {
            titles.add("distance");
        }
        List<List<Part.Cell>> rows = new ArrayList<>();
        for (Ablation.Variant variant : ablation.variants()) {
            String method = variant.method();
            if (group.of(method).isEmpty()) {
                continue;
            }
            List<Part.Cell> row = new ArrayList<>();
            row.add(Part.Cell.of(
                    variant.words(), group.isComplete(method) ? "" : SeedGroup.seeds(group.seeds(method))));
            row.add(Part.Cell.of(mean(group, method)));
            Optional<PairedScores> lead = lead(group, method, set.set(), ScoreKind.AVERAGE);
            row.add(difference(lead));
            row.add(Part.Cell.of(lead.map(PairedScores::perSeed).orElse("-")));
            row.add(difference(lead(group, method, set.set(), widest)));
            held.ifPresent(other -> row.add(difference(lead(group, method, other.set(), ScoreKind.AVERAGE))));
            row.add(critic(group, method, MethodSummary.CriticMeasure::auc));
            row.add(critic(group, method, MethodSummary.CriticMeasure::brier));
            row.add(number(
                    group,
                    method,
                    "%.2f",
                    measured -> SuiteFigures.number(measured.on(set.set()).wrongClaimingCorrect())));
            row.add(number(group, method, "%.1f", measured -> cost(measured, group.end())));
            if (apart) {
                row.add(distance(group, method));
            }
            rows.add(row);
        }
        return new Part.Table(titles, rows, apart ? distances(group) : "");
    }

    private static String mean(SeedGroup group, String method) {
        return group
                .scores(new Milestone(method, group.end()), group.testTime().set(), ScoreKind.AVERAGE)
                .values()
                .stream()
                .flatMapToDouble(Arrays::stream)
                .average()
                .stream()
                .mapToObj(Numbers::score)
                .findFirst()
                .orElse("-");
    }

    private static Part.Cell difference(Optional<PairedScores> lead) {
        return lead.map(PairedScores::intervalOverSeeds)
                .map(change -> Part.Cell.of(Numbers.signed(change.estimate()), Numbers.signedBounds(change)))
                .orElse(Part.Cell.of("-"));
    }

    private interface CriticNumber {
        double of(MethodSummary.CriticMeasure critic);
    }

    private static Part.Cell critic(SeedGroup group, String method, CriticNumber number) {
        return number(group, method, "%.3f", measured -> {
            MethodSummary.CriticMeasure critic = measured.critic();
            return critic == null ? Double.NaN : number.of(critic);
        });
    }

    private interface VersionNumber {
        double of(MeasuredVersion measured);
    }

    private static Part.Cell number(SeedGroup group, String method, String format, VersionNumber number) {
        List<Double> numbers = group.numbers(new Milestone(method, group.end()), number::of);
        return Part.Cell.of(numbers.isEmpty() ? "-" : String.format(Locale.ROOT, format, SuiteFigures.mean(numbers)));
    }

    private static double cost(MeasuredVersion measured, int rounds) {
        Double seconds = measured.cpuSeconds();
        return seconds == null || rounds == 0 ? Double.NaN : seconds / rounds;
    }

    private static Part.Cell distance(SeedGroup group, String method) {
        return Part.Cell.of(mean(group.of(method), MethodSummary.Distances::calibration));
    }

    private interface Distance {
        @Nullable
        Double of(MethodSummary.Distances distances);
    }

    private static String mean(Collection<MethodSummary> summaries, Distance distance) {
        List<Double> known = summaries.stream()
                .map(MethodSummary::distances)
                .filter(Objects::nonNull)
                .map(distance::of)
                .filter(Objects::nonNull)
                .toList();
        return known.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f", SuiteFigures.mean(known));
    }

    private static String distances(SeedGroup group) {
        String chance = mean(group.all(), MethodSummary.Distances::heldOut);
        return "Distance: from the questions without labels to those that the critic is recalibrated on; the total variation"
                + " distance, half the sum of |p - q|, between how frequent each run of four characters is in both, 0 to 1, mean"
                + " over seeds. Between the questions without labels and held-out ones, which are of one distribution, it is "
                + chance + ".";
    }
}
