package dev.tempo.standalone.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/metrics.md names every meter of the services and no other. */
class MetricsTest {
    /** A meter's whole name where it is made. */
    private static final Pattern MADE = Pattern.compile(
            "(?:counter|timer|summary|gauge|Gauge\\.builder|show|Counter\\.builder|Timer\\.builder)\\(\\s*\"(tempo\\.[a-z.]+)\"");

    private static final Pattern STATISTICS = Pattern.compile("STATISTICS = List\\.of\\(([^)]+)\\)");

    private static final Pattern NAMED = Pattern.compile("(?m)^\\| `(tempo\\.[a-z.]+)`");

    private final Set<String> documented = NAMED.matcher(Project.text("docs/metrics.md"))
            .results()
            .map(result -> result.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    private final String sources =
            Project.mainSources().stream().map(Project::text).collect(Collectors.joining("\n"));

    @Test
    void everyMeterIsDocumented() {
        Set<String> made = new TreeSet<>();
        for (Path source : Project.mainSources()) {
            String text = Project.text(source);
            MADE.matcher(text).results().map(result -> result.group(1)).forEach(name -> made.addAll(whole(name, text)));
        }
        assertThat(made).hasSizeGreaterThan(30);
        assertThat(documented).containsAll(made);
    }

    /** A name that ends in a dot is completed by each of the statistics that its source lists. */
    private static Set<String> whole(String name, String source) {
        if (!name.endsWith(".")) {
            return Set.of(name);
        }
        String statistics =
                STATISTICS.matcher(source).results().findFirst().orElseThrow().group(1);
        return Pattern.compile("\"([a-z.]+)\"")
                .matcher(statistics)
                .results()
                .map(statistic -> name + statistic.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void everyDocumentedMeterIsMade() {
        assertThat(documented)
                .allSatisfy(name -> assertThat(isMade(name))
                        .as("%s is made somewhere", name)
                        .isTrue());
    }

    @Test
    void noMeterIsTaggedByQuestionOrRun() {
        assertThat(Project.text("docs/metrics.md")).doesNotContain("{question", "{run");
        assertThat(MADE.matcher(sources)
                        .results()
                        .map(result -> sources.substring(result.end(), Math.min(result.end() + 60, sources.length()))))
                .noneMatch(tags -> tags.contains("\"question\"") || tags.contains("\"run\""));
    }

    /** By its whole name, or as the policy's gauges are: prefix and statistic apart. */
    private boolean isMade(String name) {
        String statistic = name.replace("tempo.policy.", "");
        return sources.contains("\"" + name + "\"")
                || (name.startsWith("tempo.policy.") && sources.contains("\"" + statistic + "\""));
    }
}
