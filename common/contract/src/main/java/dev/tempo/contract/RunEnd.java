package dev.tempo.contract;

import java.util.List;

/**
 * The end of a run, after which nothing goes on with it. What a finished run leaves is in its directory when this is
 * published: {@code final/} with the last policy, the report, and last its summary.
 *
 * @param version the newest policy version
 * @param notes what a person has to know of how it ended, in sentences; mostly none
 */
public record RunEnd(String run, RunOutcome outcome, int version, List<String> notes) {
    public RunEnd {
        Check.text("run", run);
        Check.notNegative("version", version);
        notes = List.copyOf(notes);
    }
}
