package dev.tempo.standalone.chaos;

import dev.tempo.contract.UserException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of fault that a plan is dealt from. */
public final class FaultDeck {
    private final List<Fault> kinds;

    private FaultDeck(List<Fault> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** Every kind. */
    public static FaultDeck whole() {
        return new FaultDeck(FaultKinds.ALL);
    }

    /**
     * The kinds whose name or family contains any of these texts.
     *
     * @throws UserException if there is none for one of them
     */
    public static FaultDeck of(String... words) {
        Set<Fault> wanted = new HashSet<>();
        for (String text : words) {
            List<Fault> kinds = FaultKinds.ALL.stream()
                    .filter(fault -> (fault.family() + " " + fault.words())
                            .toLowerCase(Locale.ROOT)
                            .contains(text.toLowerCase(Locale.ROOT)))
                    .toList();
            if (kinds.isEmpty()) {
                throw new UserException("there is no kind of fault called " + text + "; there are "
                        + FaultKinds.ALL.stream().map(Fault::words).collect(Collectors.joining(", ")));
            }
            wanted.addAll(kinds);
        }
        return new FaultDeck(FaultKinds.ALL.stream().filter(wanted::contains).toList());
    }

    List<Fault> kinds() {
        return kinds;
    }
}
