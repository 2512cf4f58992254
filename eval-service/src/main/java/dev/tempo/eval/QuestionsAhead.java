package dev.tempo.eval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The questions of a measurement that goes on for long: few are asked ahead of what is answered. Whoever gives it up leaves no
 * more than these to be generated before anything else is, and asking again after a kill repeats no more. Not thread-safe.
 */
final class QuestionsAhead {
    private static final int AHEAD = 64;

    private final Deque<String> unasked = new ArrayDeque<>();
    private final Set<String> asked = new HashSet<>();

    /** @param sets question ids of each set, in their order */
    QuestionsAhead(Collection<List<String>> sets) {
        sets.forEach(unasked::addAll);
    }

    /**
     * The questions to ask now.
     *
     * @param owed whether a sample of a question is missing
     */
    List<String> next(Predicate<String> owed) {
        asked.removeIf(owed.negate());
        List<String> next = new ArrayList<>();
        while (asked.size() < AHEAD && !unasked.isEmpty()) {
            String question = unasked.remove();
            if (owed.test(question)) {
                asked.add(question);
                next.add(question);
            }
        }
        return next;
    }

    /** Whether a question was asked and has samples missing. */
    boolean isAsked(String question) {
        return asked.contains(question);
    }
}
