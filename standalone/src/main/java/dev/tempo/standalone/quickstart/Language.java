package dev.tempo.standalone.quickstart;

/** A language in which the questions of a world are asked and worked. */
interface Language {
    String question(ChainQuestion question);

    String answer(ChainQuestion question);

    Trace trace(WorkedQuestion worked);
}
