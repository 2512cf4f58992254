package dev.tempo.standalone.launch;

import dev.tempo.contract.Run;
import java.util.List;
import java.util.Map;

/**
 * What a service answers when it is asked for its health now.
 *
 * @param status its worst, or {@value #SILENT} where it does not answer in a second
 * @param words its details, by name
 */
public record ServiceState(String service, String status, Map<String, String> words) {
    public static final String SILENT = "no answer";

    /** The states of all five with regard to a run, in the order in which they are started. */
    public static List<ServiceState> of(Ports ports, Run run) {
        return new Monitor(ports, run.run(), run.recipe()).states();
    }

    public boolean isSilent() {
        return status.equals(SILENT);
    }
}
