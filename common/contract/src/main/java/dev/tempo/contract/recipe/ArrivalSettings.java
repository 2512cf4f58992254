package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;
import org.jspecify.annotations.Nullable;

/**
 * The settings of questions that arrive while a run goes on: when a round may begin, how many are taken, and which are drawn more often.
 * A question's weight in the draw is 1 + {@code unseen} if no round has drawn it, + {@code hard} times 1 less its mean reward when it was
 * last drawn, + {@code frequent} times 1 - 1/n where it has arrived n times.
 *
 * @param fresh how many questions that no round has drawn must be there before a round begins; 0 to go on without new ones
 * @param unseen weight of a question that no round has drawn yet
 * @param hard weight of a question whose responses had no reward when it was last drawn
 * @param frequent weight of a question that has arrived ever so often
 * @param perRound most questions that are taken in between two rounds; further ones wait for the next
 * @param perSource most questions of one source between two rounds, further ones are left out; null for no such limit
 * @param most questions that are kept at most, up to {@value #MOST_KEPT}; the oldest that was drawn goes for a further one
 */
public record ArrivalSettings(
        int fresh,
        double unseen,
        double hard,
        double frequent,
        int perRound,
        @Nullable Integer perSource,
        int most) {
    /** Most questions that are kept in memory, whatever a recipe asks. */
    public static final int MOST_KEPT = 100_000;

    /** The settings of a recipe that says {@code arriving: true}. */
    public static final ArrivalSettings USUAL = new ArrivalSettings(1, 3, 1, 1, 1_000, null, 10_000);

    public ArrivalSettings {
        Check.notNegative("fresh", fresh);
        Check.atLeast("unseen", 0, unseen);
        Check.atLeast("hard", 0, hard);
        Check.atLeast("frequent", 0, frequent);
        Check.positive("perRound", perRound);
        if (perSource != null) {
            Check.positive("perSource", perSource);
        }
        Check.positive("most", most);
        if (most > MOST_KEPT) {
            throw new IllegalArgumentException("most must be at most " + MOST_KEPT + " but is " + most);
        }
    }

    /** Refuses a number of questions that a round draws where it could never begin. */
    void refuseRoundsOf(String stage, int questions) {
        if (fresh > questions || perRound < questions || most < questions) {
            String field = fresh > questions
                    ? "fresh is " + fresh
                    : perRound < questions ? "perRound is " + perRound : "most is " + most;
            throw new IllegalArgumentException("data.unlabeled.arriving." + field + ", but a round of stage '" + stage
                    + "' draws " + questions + " questions");
        }
    }
}
