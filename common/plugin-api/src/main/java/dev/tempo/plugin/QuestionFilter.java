package dev.tempo.plugin;

import java.util.List;

/**
 * A filter of questions that arrive: it sees each before it is stored anywhere, and may refuse it or take something out of it, such as
 * personal data. Filters are called from several threads. The same question gives the same decision, as a question that is sent again is to
 * be the same one.
 *
 * <p>A filter that throws refuses the question; what it throws is not told, since it may hold the text.
 */
public interface QuestionFilter extends PlugIn {
    /** The name by which {@code tempo.policy.filters.chain} calls this filter. */
    @Override
    String name();

    /**
     * The reasons with which this filter may refuse, in words that follow "refused: ", up to 100 characters each. They are asked for once,
     * before any question: so no reason that anybody is told holds words of one.
     */
    List<String> reasons();

    /**
     * The decision about a question.
     *
     * @param question as it was sent, or as the filters before have left it; has 1 to 20,000 characters
     */
    FilteredQuestion filter(String question);
}
