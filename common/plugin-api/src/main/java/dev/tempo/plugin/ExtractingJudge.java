package dev.tempo.plugin;

import org.jspecify.annotations.Nullable;

/**
 * A judge that can say which answer a response gives without knowing the right one. Votes over the samples of a
 * question are counted with such judges.
 */
public interface ExtractingJudge extends Judge {

    /** The answer that the response gives, never blank; null where it gives none. Arguments as in {@link #judge}. */
    @Nullable
    String answer(String response, boolean ended);

    /** Whether two extracted answers mean the same. */
    boolean equal(String first, String second);
}
