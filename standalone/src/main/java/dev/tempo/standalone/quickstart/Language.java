package dev.tempo.standalone.quickstart;

import org.jspecify.annotations.Nullable;

/** A language in which the questions of a world are asked and worked. */
interface Language {
    String question(ChainQuestion question);

    String answer(ChainQuestion question);

    /** The question's domain in data files; null where all questions are of one. */
    default @Nullable String domain(ChainQuestion question) {
        return null;
    }

    Trace trace(WorkedQuestion worked);
}
