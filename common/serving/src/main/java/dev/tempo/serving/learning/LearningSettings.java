package dev.tempo.serving.learning;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.UserException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The operator's word that a run may learn from served chats.
 *
 * @param share of the questions about which neither asker nor key says anything, from 0 for none of them to 1 for all
 * @param questions the address that takes questions, such as {@code http://127.0.0.1:8083/v1/questions}
 * @param key by which that address knows who sends; null where it asks for none
 * @param domain of the questions; null for the default one
 */
public record LearningSettings(
        double share,
        URI questions,
        @Nullable String key,
        @Nullable String domain) {
    public LearningSettings {
        if (!(share >= 0 && share <= 1)) {
            throw new UserException("the share of chats to learn from must be from 0 to 1 but is " + share);
        }
        if (!"http".equals(questions.getScheme()) && !"https".equals(questions.getScheme())) {
            throw new UserException(
                    "questions of chats go to an address such as http://127.0.0.1:8083/v1/questions, not to "
                            + questions);
        }
        try {
            new ArrivingQuestion("id", "?", domain, null);
        } catch (IllegalArgumentException refused) {
            throw new UserException("of the questions of chats, " + refused.getMessage());
        }
    }

    /** The key is not told. */
    @Override
    public String toString() {
        return "a share of " + share + " to " + questions;
    }

    /**
     * Whether a question may be taken. A no of anybody is a no; a yes of anybody else takes it; where nobody says anything the text
     * decides, so that the same question is always taken or never.
     */
    boolean takes(String question, LearningWish wish) {
        if (wish.asker() == Consent.NO || wish.key() == Consent.NO) {
            return false;
        }
        return wish.asker() == Consent.YES
                || wish.key() == Consent.YES
                || CounterRandom.uniform(CounterRandom.key(0, "learn", question), 0) < share;
    }
}
