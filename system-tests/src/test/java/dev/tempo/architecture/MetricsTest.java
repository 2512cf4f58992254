package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/metrics.md names every meter of the services and no other. */
class MetricsTest {
    /** Methods of the metrics library, and of our own classes, whose first text is a meter's name. */
    private static final Set<String> MAKING =
            Set.of("counter", "timer", "summary", "gauge", "builder", "show", "more", "timeGauge");

    private static final Pattern NAMED = Pattern.compile("(?m)^\\| `(tempo\\.[a-z.]+)`");

    private final Set<String> documented = NAMED.matcher(Project.text("docs/metrics.md"))
            .results()
            .map(result -> result.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    private final Set<String> made = Stream.concat(
                    CallsWithText.of("dev.tempo.", "io.micrometer.", MAKING).stream(),
                    CallsWithText.of("dev.tempo.", "dev.tempo.", MAKING).stream())
            .flatMap(MetricsTest::names)
            .collect(Collectors.toCollection(TreeSet::new));

    @Test
    void everyMeterIsDocumented() {
        assertThat(made).hasSizeGreaterThan(30);
        assertThat(documented).containsAll(made);
    }

    @Test
    void everyDocumentedMeterIsMade() {
        assertThat(made).containsAll(documented);
    }

    @Test
    void noMeterIsTaggedByQuestionOrRun() {
        assertThat(Project.text("docs/metrics.md")).doesNotContain("{question", "{run");
        List<CallsWithText> tagging = Stream.concat(
                        CallsWithText.of("dev.tempo.", "io.micrometer.", MAKING).stream(),
                        CallsWithText.of("dev.tempo.", "io.micrometer.", Set.of("tag", "tags", "of", "and")).stream())
                .toList();
        assertThat(tagging)
                .isNotEmpty()
                .noneMatch(call ->
                        call.texts().contains("question") || call.texts().contains("run"));
    }

    /** A name that ends in a dot is completed by what its class lists, and by what it gives to its own method. */
    private static Stream<String> names(CallsWithText call) {
        return call.texts().stream()
                .filter(text -> text.startsWith("tempo."))
                .flatMap(name -> name.endsWith(".")
                        ? statistics(call.caller()).map(statistic -> name + statistic)
                        : Stream.of(name));
    }

    private static Stream<String> statistics(String className) {
        return Stream.concat(
                CallsWithText.constantsOf(className).stream(),
                CallsWithText.of(className, className, Set.of("gauge")).stream()
                        .flatMap(call -> call.texts().stream()));
    }
}
