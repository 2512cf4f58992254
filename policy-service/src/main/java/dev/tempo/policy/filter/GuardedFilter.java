package dev.tempo.policy.filter;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.plugin.FilteredQuestion;
import dev.tempo.plugin.QuestionFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A filter that may be anybody's: whatever it does, it decides, and no reason holds words of a question. What it does not decide is refused.
 * Thread-safe where the filter is.
 */
final class GuardedFilter {
    private static final int LONGEST_REASON = 100;
    private static final Logger LOG = LoggerFactory.getLogger(GuardedFilter.class);

    private final QuestionFilter filter;
    private final String name;
    private final Set<String> reasons;
    private final AtomicBoolean failed = new AtomicBoolean();

    /** @throws IllegalArgumentException if it does not say with which reasons it refuses */
    GuardedFilter(QuestionFilter filter) {
        this.filter = filter;
        this.name = filter.name();
        @Nullable List<String> said;
        try {
            said = filter.reasons();
        } catch (RuntimeException defect) {
            throw new IllegalArgumentException("filter '" + name + "' cannot say its reasons: " + defect, defect);
        }
        if (said == null || said.stream().anyMatch(GuardedFilter::isNoReason)) {
            throw new IllegalArgumentException("filter '" + name
                    + "' must say its reasons beforehand, as texts of 1 to " + LONGEST_REASON + " characters");
        }
        this.reasons = new HashSet<>(said);
    }

    /** Somebody else's class may give null whatever the interface says. */
    private static boolean isNoReason(@Nullable String reason) {
        return reason == null || reason.isBlank() || reason.length() > LONGEST_REASON;
    }

    /** What may be stored of a question; where that is nothing, the filter's name and a reason. */
    FilteredQuestion filter(String question) {
        @Nullable FilteredQuestion decision;
        try {
            decision = filter.filter(question);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError failure) {
            tell(failure);
            return refused("the filter failed");
        }
        if (decision == null) {
            return refused("the filter has not decided");
        }
        if (decision.question() == null) {
            return refused(
                    reasons.contains(decision.reason()) ? decision.reason() : "for a reason that it has not named");
        }
        return isOne(decision.question()) ? decision : refused("what the filter left is no question");
    }

    private static boolean isOne(String question) {
        try {
            return !new ArrivingQuestion("id", question, null, null).isDeletion();
        } catch (IllegalArgumentException bounds) {
            return false;
        }
    }

    private FilteredQuestion refused(@Nullable String reason) {
        return FilteredQuestion.refused(name + ": " + reason);
    }

    /** The first failure goes to the log, without its message, which may hold the question; further ones are counted. */
    private void tell(Throwable failure) {
        if (!failed.getAndSet(true)) {
            StackTraceElement[] trace = failure.getStackTrace();
            LOG.atError()
                    .addKeyValue("filter", name)
                    .addKeyValue("failure", failure.getClass().getName())
                    .addKeyValue("where", trace.length == 0 ? "unknown" : trace[0].toString())
                    .log("a filter of questions fails; what it fails for is refused");
        }
    }
}
