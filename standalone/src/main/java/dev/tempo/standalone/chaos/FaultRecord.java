package dev.tempo.standalone.chaos;

/**
 * One fault and what came of it: a line of the results.
 *
 * @param number of the fault in the whole plan, from 1
 * @param run the number of the run that it struck
 * @param kind the fault's words
 * @param family the group of kinds
 * @param moment when it struck, in words
 * @param done what exactly was done
 * @param seen what the run said of it
 * @param seconds from the end of the fault until the next round closed; with a resume in it where one was needed
 * @param outcome of a run that said why it stopped, STOPPED where the kind may not stop it
 */
record FaultRecord(
        int number,
        int run,
        String kind,
        String family,
        String moment,
        String done,
        String seen,
        double seconds,
        FaultOutcome outcome) {

    FaultRecord {
        outcome = outcome.of(kind);
    }

    FaultRecord with(FaultOutcome other, String words) {
        return new FaultRecord(number, run, kind, family, moment, done, words, seconds, other);
    }
}
