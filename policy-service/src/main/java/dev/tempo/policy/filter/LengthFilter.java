package dev.tempo.policy.filter;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.plugin.FilteredQuestion;
import dev.tempo.plugin.QuestionFilter;
import dev.tempo.policy.PolicyProperties;
import java.util.List;

/** The filter of questions that are too short or too long, in Unicode characters. */
final class LengthFilter implements QuestionFilter {
    static final String NAME = "length";

    private final int shortest;
    private final int longest;

    /** @throws IllegalArgumentException if no question could pass */
    LengthFilter(PolicyProperties.Filters settings) {
        shortest = settings.shortest() == null ? 1 : settings.shortest();
        longest = settings.longest() == null ? ArrivingQuestion.LONGEST : settings.longest();
        if (shortest > longest) {
            throw new IllegalArgumentException("tempo.policy.filters.shortest is " + shortest + ", but longest is "
                    + longest + ": no question could pass");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<String> reasons() {
        return List.of(tooShort(), tooLong());
    }

    private String tooShort() {
        return "it has fewer than " + shortest + " characters";
    }

    private String tooLong() {
        return "it has more than " + longest + " characters";
    }

    @Override
    public FilteredQuestion filter(String question) {
        int length = question.codePointCount(0, question.length());
        return length < shortest
                ? FilteredQuestion.refused(tooShort())
                : length > longest ? FilteredQuestion.refused(tooLong()) : FilteredQuestion.kept(question);
    }
}
