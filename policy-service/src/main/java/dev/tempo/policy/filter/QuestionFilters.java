package dev.tempo.policy.filter;

import dev.tempo.plugin.FilteredQuestion;
import dev.tempo.plugin.QuestionFilter;
import dev.tempo.plugin.jar.PlugInJars;
import dev.tempo.plugin.jar.PlugInKind;
import dev.tempo.policy.PolicyProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The filters that a question passes before it is stored anywhere: of its length first, then those of the chain, then of its length again.
 * The first that refuses is the last that sees it. Thread-safe.
 */
public final class QuestionFilters {
    private static final Logger LOG = LoggerFactory.getLogger(QuestionFilters.class);

    private final List<GuardedFilter> filters;
    private final MeterRegistry meters;

    private QuestionFilters(List<QuestionFilter> filters, MeterRegistry meters) {
        this.filters = filters.stream().map(GuardedFilter::new).toList();
        this.meters = meters;
    }

    /**
     * The filters that settings name.
     *
     * @param meters where refusals are counted
     * @throws IllegalArgumentException if one cannot be had: nothing is taken unfiltered that was to be filtered
     */
    public static QuestionFilters of(PolicyProperties.Filters settings, MeterRegistry meters) {
        List<QuestionFilter> filters = named(settings);
        if (settings.shortest() != null || settings.longest() != null) {
            LengthFilter length = new LengthFilter(settings);
            filters.add(0, length);
            filters.add(length);
        }
        return new QuestionFilters(filters, meters);
    }

    private static List<QuestionFilter> named(PolicyProperties.Filters settings) {
        PlugInJars<QuestionFilter> jars = PlugInJars.load(
                settings.directory().toAbsolutePath(),
                PlugInKind.FILTER,
                List.of(LengthFilter.NAME),
                "policy-service itself");
        List<QuestionFilter> filters = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String name : settings.chain()) {
            if (!names.add(name)) {
                throw new IllegalArgumentException("tempo.policy.filters.chain names '" + name + "' twice");
            }
            filters.add(jars.plugIns().stream()
                    .filter(filter -> filter.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> missing(name, settings, jars)));
        }
        jars.plugIns().stream()
                .filter(filter -> !names.contains(filter.name()))
                .forEach(filter -> LOG.atWarn()
                        .addKeyValue("filter", filter.name())
                        .log("a filter lies there that tempo.policy.filters.chain does not name: it filters nothing"));
        jars.problems()
                .forEach(problem -> LOG.atWarn().addKeyValue("reason", problem).log("a jar of filters cannot be used"));
        return filters;
    }

    private static IllegalArgumentException missing(
            String name, PolicyProperties.Filters settings, PlugInJars<QuestionFilter> jars) {
        String there =
                jars.plugIns().stream().map(QuestionFilter::name).toList().toString();
        return new IllegalArgumentException("tempo.policy.filters.chain names '" + name + "', but the jars in "
                + settings.directory().toAbsolutePath() + " have " + there
                + (jars.problems().isEmpty() ? "" : "; " + String.join("; ", jars.problems()))
                + (name.equals(LengthFilter.NAME)
                        ? "; the length is bounded by tempo.policy.filters.shortest and longest"
                        : ""));
    }

    /** What may be stored of a question, or which filter refuses it and why. No reason holds words of it. */
    public FilteredQuestion filter(String question) {
        FilteredQuestion decision = FilteredQuestion.kept(question);
        for (GuardedFilter filter : filters) {
            decision = filter.filter(Objects.requireNonNull(decision.question()));
            if (decision.question() == null) {
                meters.counter("tempo.policy.questions.refused", "reason", String.valueOf(decision.reason()))
                        .increment();
                return decision;
            }
        }
        return decision;
    }
}
