package dev.tempo.standalone.chaos;

import dev.tempo.contract.UserException;
import java.util.List;
import java.util.Locale;
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
     * The kinds whose name or family contains some words.
     *
     * @throws UserException if none does
     */
    public static FaultDeck of(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        List<Fault> kinds = FaultKinds.ALL.stream()
                .filter(fault -> (fault.family() + " " + fault.words())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
                .toList();
        if (kinds.isEmpty()) {
            throw new UserException("there is no kind of fault called " + words + "; there are "
                    + FaultKinds.ALL.stream().map(Fault::words).collect(Collectors.joining(", ")));
        }
        return new FaultDeck(kinds);
    }

    List<Fault> kinds() {
        return kinds;
    }
}
