package dev.tempo.standalone.launch;

import dev.tempo.contract.Run;
import dev.tempo.runs.RunDirectory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service answers when it is asked for its health now, and what it has done of a run.
 *
 * @param status its worst, or {@value #SILENT} where it does not answer in a second
 * @param words its details, by name
 * @param version the newest that it has published or measured; null where it has none, or makes none
 * @param lastWord the last line of its log; null where there is none
 */
public record ServiceState(
        String service,
        String status,
        Map<String, String> words,
        @Nullable Integer version,
        @Nullable String lastWord) {
    public static final String SILENT = "no answer";

    ServiceState(Service service, String status, Map<String, String> words) {
        this(service.module(), status, words, null, null);
    }

    /** The states of all five with regard to a run, in the order in which they are started. */
    public static List<ServiceState> of(Ports ports, Run run) {
        LastWords last = new LastWords(RunDirectory.of(run).logs());
        return new Monitor(ports, run.run(), run.recipe())
                .states().entrySet().stream()
                        .map(state ->
                                state.getValue().saying(last.of(state.getKey()).orElse(null)))
                        .toList();
    }

    private ServiceState saying(@Nullable String word) {
        return new ServiceState(service, status, words, version, word);
    }

    /** The same with the version that topics tell of it. */
    public ServiceState with(@Nullable Integer published) {
        return new ServiceState(service, status, words, published, lastWord);
    }

    public boolean isSilent() {
        return status.equals(SILENT);
    }
}
