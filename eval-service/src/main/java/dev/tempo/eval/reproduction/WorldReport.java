package dev.tempo.eval.reproduction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What is reported of one world. */
final class WorldReport {
    private final List<MethodSummary> summaries;
    private final List<SeedGroup> groups;
    private final Map<SeedGroup, PairedTests> tests = new LinkedHashMap<>();
    private final Map<SeedGroup, List<PaperClaim>> claims = new LinkedHashMap<>();

    /** @param summaries of the world; of a method and seed that are there more than once, the longest run counts */
    WorldReport(Collection<MethodSummary> summaries) {
        this.summaries = MethodSummary.longest(summaries);
        groups = SeedGroup.apart(this.summaries);
        for (SeedGroup group : groups) {
            PairedTests paired = PairedTests.of(group);
            tests.put(group, paired);
            claims.put(group, new ClaimCriteria(group, paired).all());
        }
    }

    String world() {
        return summaries.get(0).world();
    }

    /** The claims of each group of seeds, by its title. */
    Map<String, List<PaperClaim>> claims() {
        Map<String, List<PaperClaim>> byTitle = new LinkedHashMap<>();
        claims.forEach((group, decided) -> byTitle.put(group.title(), decided));
        return byTitle;
    }

    /** A sentence on each group of seeds. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        claims.forEach((group, decided) -> {
            List<PaperClaim> paper =
                    decided.stream().filter(claim -> !claim.isOurs()).toList();
            List<PaperClaim> ours = decided.stream().filter(PaperClaim::isOurs).toList();
            sentences.add("Reproduced on " + group.title() + ": " + counted(paper) + " of the paper's claims that were"
                    + " measured (not measured: " + count(paper, PaperClaim.Outcome.NOT_MEASURED) + "), and "
                    + counted(ours) + " of our own (" + count(ours, PaperClaim.Outcome.NOT_MEASURED) + ").");
        });
        return sentences;
    }

    private static String counted(List<PaperClaim> claims) {
        long reproduced = count(claims, PaperClaim.Outcome.REPRODUCED);
        return reproduced + " of " + (reproduced + count(claims, PaperClaim.Outcome.NOT_REPRODUCED));
    }

    private static long count(List<PaperClaim> claims, PaperClaim.Outcome outcome) {
        return claims.stream().filter(claim -> claim.outcome() == outcome).count();
    }

    /** Everything but a title. */
    List<Part> parts() {
        SeedGroup all = new SeedGroup(
                SeedGroup.seeds(summaries.stream().map(MethodSummary::seed).toList()), summaries);
        SuiteFigures figures = new SuiteFigures(all, world());
        List<Part> parts = new ArrayList<>();
        SuiteRuns runs = new SuiteRuns(summaries);
        parts.add(new Part.Paragraph("Every sentence and number here is computed from the summaries of these runs: "
                + runs.commands().stream().map(command -> "`" + command + "`").collect(Collectors.joining(", "))
                + ". Criteria and bounds, and when they were written, stand in docs/reproduction.md."));
        parts.add(new Part.Paragraph(String.join(" ", sentences())));
        parts.add(new Part.Title(2, "What is reproduced"));
        parts.add(claimsTable());
        claims.forEach((group, decided) -> parts.add(new Part.Details(
                "The numbers behind it, " + group.title(),
                decided.stream()
                        .map(claim -> claim.words() + ": " + claim.evidence())
                        .toList())));
        parts.add(new Part.Title(2, "Scores"));
        for (SeedGroup group : groups) {
            parts.add(new Part.Title(3, title(group)));
            parts.add(tables(group).scores());
        }
        parts.addAll(section("Accuracy and diversity over rounds", "", figures.accuracy()));
        parts.addAll(section("The critic", "", figures.critic()));
        parts.addAll(section("Answers", "", figures.diversity()));
        parts.addAll(section(
                "What it costs",
                "TEMPO runs two models, an actor and a critic; votes need one. Tokens are those of responses, counted once"
                        + " for each time that a model writes, values or learns from them: prompts and rehearsed texts"
                        + " are left out, and lengths between measurements are taken from the measurements around"
                        + " them.",
                figures.cost()));
        parts.add(new Part.Title(2, "Tests and runs"));
        for (SeedGroup group : groups) {
            parts.add(new Part.Title(3, title(group)));
            parts.add(tables(group).tests());
            parts.add(tables(group).runs());
        }
        parts.add(new Part.Title(2, "By what"));
        parts.add(runs.table());
        return parts;
    }

    /** Figures below their title; nothing where no number is there to draw. */
    private static List<Part> section(String title, String words, Part.Figures figures) {
        List<Part> section = new ArrayList<>();
        if (!figures.figures().isEmpty()) {
            section.add(new Part.Title(2, title));
            if (!words.isEmpty()) {
                section.add(new Part.Paragraph(words));
            }
            section.add(figures);
        }
        return section;
    }

    private SuiteTables tables(SeedGroup group) {
        return new SuiteTables(group, Objects.requireNonNull(tests.get(group)));
    }

    private static String title(SeedGroup group) {
        return Character.toUpperCase(group.title().charAt(0)) + group.title().substring(1);
    }

    private Part.Table claimsTable() {
        List<String> titles = new ArrayList<>(List.of("claim"));
        groups.forEach(group -> titles.add(group.title() + ", at round " + group.end()));
        titles.add("reproduced if");
        Map<String, PaperClaim> stated = new LinkedHashMap<>();
        claims.values().forEach(decided -> decided.forEach(claim -> stated.putIfAbsent(claim.id(), claim)));
        List<List<Part.Cell>> rows = new ArrayList<>();
        for (PaperClaim claim : stated.values()) {
            List<Part.Cell> row = new ArrayList<>(List.of(Part.Cell.of(claim.words(), claim.source())));
            claims.forEach((group, decided) -> row.add(decided.stream()
                    .filter(other -> other.id().equals(claim.id()))
                    .findFirst()
                    .map(other -> outcome(other, group))
                    .orElse(Part.Cell.of("-"))));
            row.add(Part.Cell.of("", claim.criterion()));
            rows.add(row);
        }
        return new Part.Table(
                titles,
                rows,
                "A criterion has to hold in every seed of a column that has what it needs, named where others lack it. One that"
                        + " fails in one seed is not reproduced. The round of a column is the latest that all of its runs were measured"
                        + " at, so that one short run shortens it."
                        + SeedGroup.tunedApart(
                                world(),
                                summaries.stream().map(MethodSummary::method).collect(Collectors.toSet())));
    }

    private static Part.Cell outcome(PaperClaim claim, SeedGroup group) {
        Part.Kind kind = switch (claim.outcome()) {
            case REPRODUCED -> Part.Kind.GOOD;
            case NOT_REPRODUCED -> Part.Kind.BAD;
            case NOT_MEASURED -> Part.Kind.ABSENT;
        };
        boolean fewer = !claim.seeds().isEmpty() && !claim.seeds().equals(group.seeds());
        return new Part.Cell(claim.outcome().toString(), fewer ? SeedGroup.seeds(claim.seeds()) : "", kind);
    }
}
