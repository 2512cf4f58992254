package dev.tempo.standalone.quickstart;

/** A way to tell the questions of a world and how they are worked. */
interface Telling {
    String question(ChainQuestion question);

    String answer(ChainQuestion question);

    Trace trace(Working working);
}
