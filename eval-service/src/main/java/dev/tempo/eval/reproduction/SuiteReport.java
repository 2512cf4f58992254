package dev.tempo.eval.reproduction;

import dev.tempo.contract.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The report of many runs: which of the paper's claims are reproduced, with tables and figures. The same summaries give the same
 * bytes, wherever and whenever it is written.
 */
public final class SuiteReport {
    private static final String FIGURES = "results";

    private final List<WorldReport> worlds;

    /**
     * @param summaries of one world or several, each of which is reported by itself; of a method and seed that are there more than
     *     once, the longest run counts
     * @throws UserException if there are none
     */
    public SuiteReport(Collection<MethodSummary> summaries) {
        if (summaries.isEmpty()) {
            throw new UserException("there is no summary to report on");
        }
        worlds = summaries.stream()
                .collect(Collectors.groupingBy(
                        MethodSummary::world,
                        () -> new TreeMap<>(Comparator.comparing((String world) -> !world.equals(SuiteRuns.USUAL_WORLD))
                                .thenComparing(Comparator.naturalOrder())),
                        Collectors.toList()))
                .values()
                .stream()
                .map(WorldReport::new)
                .toList();
    }

    /** The summaries in directories: in each itself, or where a report's own are kept below it. */
    public static List<MethodSummary> read(List<Path> directories) {
        return MethodSummary.read(directories, SuiteReport::data);
    }

    /** Where the summaries of a report in a directory are kept. */
    public static Path data(Path out) {
        return out.resolve(FIGURES).resolve("data");
    }

    /** The claims of each group of seeds, by its title, after the world where there are several. */
    public Map<String, List<PaperClaim>> claims() {
        Map<String, List<PaperClaim>> byTitle = new LinkedHashMap<>();
        for (WorldReport world : worlds) {
            world.claims().forEach((title, claims) -> byTitle.put(before(world) + title, claims));
        }
        return byTitle;
    }

    /** A sentence on each group of seeds. */
    public List<String> sentences() {
        return worlds.stream()
                .flatMap(world -> world.sentences().stream().map(sentence -> sentence(world, sentence)))
                .toList();
    }

    private String before(WorldReport world) {
        return worlds.size() == 1 ? "" : world.world() + ", ";
    }

    private String sentence(WorldReport world, String sentence) {
        return worlds.size() == 1 ? sentence : "World " + world.world() + ": " + sentence;
    }

    /**
     * Writes results.html, results.md and, in results/, the figures.
     *
     * @return the page and the Markdown
     */
    public List<Path> write(Path out) {
        return new ReportPage(title(), FIGURES, parts()).write(out);
    }

    private String title() {
        return "TEMPO's claims on the "
                + (worlds.size() == 1
                        ? worlds.get(0).world()
                        : "worlds " + worlds.stream().map(WorldReport::world).collect(Collectors.joining(", ")));
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        if (worlds.size() > 1) {
            parts.add(new Part.Paragraph(String.join(" ", sentences())));
        }
        for (WorldReport world : worlds) {
            if (worlds.size() > 1) {
                parts.add(new Part.Title(1, "World " + world.world()));
            }
            parts.addAll(world.parts());
        }
        return parts;
    }
}
