package dev.tempo.eval;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The questions of a measurement that goes on for long: few are asked ahead of what is answered. Whoever gives it up leaves no
 * more than these to be generated before anything else is, and asking again after a kill repeats no more. Not thread-safe.
 */
final class QuestionsAhead {
    private static final int AHEAD = 64;

    private final Iterator<String> unasked;
    private final Set<String> asked = new HashSet<>();

    /** @param questions ids in the order in which they are asked */
    QuestionsAhead(Iterator<String> questions) {
        unasked = questions;
    }

    /**
     * The questions to ask now.
     *
     * @param owed whether a sample of a question is missing
     */
    List<String> next(Predicate<String> owed) {
        asked.removeIf(owed.negate());
        List<String> next = new ArrayList<>();
        while (asked.size() < AHEAD && unasked.hasNext()) {
            String question = unasked.next();
            if (owed.test(question)) {
                asked.add(question);
                next.add(question);
            }
        }
        return next;
    }
}
