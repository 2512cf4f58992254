package dev.tempo.policy.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.plugin.FilteredQuestion;
import dev.tempo.plugin.QuestionFilter;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Filters as strangers write them: whatever they do, nothing passes unfiltered and no reason holds a question's words. */
@NullUnmarked
class GuardedFilterTest {
    private static final String SECRET = "My name is Ada Lovelace, what is 1 + 1?";

    /** A filter that makes of the question's text what a test says. */
    private record Stranger(UnaryOperator<Object> decision, List<String> reasons) implements QuestionFilter {
        @Override
        public String name() {
            return "stranger";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public FilteredQuestion filter(String question) {
            return (FilteredQuestion) decision.apply(question);
        }
    }

    private static FilteredQuestion filter(UnaryOperator<Object> decision) {
        return new GuardedFilter(new Stranger(decision, List.of("it names somebody"))).filter(SECRET);
    }

    private static void refused(UnaryOperator<Object> decision, String reason) {
        FilteredQuestion refused = filter(decision);
        assertThat(refused.isRefused()).isTrue();
        assertThat(refused.reason()).isEqualTo("stranger: " + reason);
    }

    @Test
    void aReasonThatWasNamedIsTold() {
        refused(question -> FilteredQuestion.refused("it names somebody"), "it names somebody");
    }

    @Test
    void aReasonThatWasNotNamedIsNotTold() {
        refused(question -> FilteredQuestion.refused("it says " + question), "for a reason that it has not named");
    }

    @Test
    void aFilterThatFailsRefusesAndWhatItThrowsIsNotTold() {
        refused(
                question -> {
                    throw new IllegalStateException("cannot read " + question);
                },
                "the filter failed");
        refused(
                question -> {
                    throw new NoClassDefFoundError(String.valueOf(question));
                },
                "the filter failed");
        refused(GuardedFilterTest::endless, "the filter failed");
    }

    private static Object endless(Object question) {
        return question == null ? "" : List.of(endless(question));
    }

    @Test
    void whatIsNoDecisionAndWhatIsNoQuestionIsRefused() {
        refused(question -> null, "the filter has not decided");
        refused(question -> FilteredQuestion.kept(" "), "what the filter left is no question");
        refused(question -> FilteredQuestion.kept("x".repeat(20_001)), "what the filter left is no question");
        refused(question -> FilteredQuestion.kept("\ud83d?"), "what the filter left is no question");
    }

    @Test
    void aTextThatIsRewrittenPasses() {
        assertThat(filter(question -> FilteredQuestion.kept("What is 1 + 1?")).question())
                .isEqualTo("What is 1 + 1?");
        assertThat(FilteredQuestion.kept(SECRET).toString()).doesNotContain("Ada");
    }

    @Test
    void aFilterThatDoesNotSayItsReasonsBeforehandIsNotUsed() {
        for (List<String> reasons :
                Arrays.asList(null, List.of(" "), List.of("x".repeat(101)), Arrays.asList("a", null))) {
            assertThatThrownBy(() -> new GuardedFilter(new Stranger(FilteredQuestion.class::cast, reasons)))
                    .hasMessageContaining("filter 'stranger' must say its reasons beforehand");
        }
    }
}
