package dev.tempo.eval.reproduction;

import java.util.Comparator;
import java.util.List;

/** The methods that are compared, by the names that files and options have for them. */
public final class Method {
    public static final String TEMPO = "tempo";
    public static final String REHEARSED = "rehearsed";
    public static final String TTRL = "ttrl";
    public static final String EMPO = "empo";
    public static final String FROZEN = "frozen";
    public static final String CONTINUED = "continued";

    /** The usual ones, in the order in which they are run. */
    public static final List<String> USUAL = List.of(TEMPO, REHEARSED, TTRL, EMPO, FROZEN, CONTINUED);

    /** In tables the paper's order, its own method last but for ours. */
    private static final List<String> SHOWN = List.of(CONTINUED, TTRL, EMPO, FROZEN, TEMPO, REHEARSED);

    private Method() {}

    /** Tables' order: what is not known stands before TEMPO, by name. */
    static Comparator<String> order() {
        return Comparator.<String>comparingInt(method -> {
                    int place = SHOWN.indexOf(method);
                    return place < 0 ? SHOWN.indexOf(FROZEN) * 2 + 1 : place * 2;
                })
                .thenComparing(Comparator.naturalOrder());
    }

    /** The name for people. */
    public static String title(String method) {
        return switch (method) {
            case TEMPO -> "TEMPO";
            case REHEARSED -> "TEMPO, rehearsed";
            case TTRL -> "TTRL";
            case EMPO -> "EMPO";
            case FROZEN -> "frozen critic";
            case CONTINUED -> "PPO continued";
            default -> method;
        };
    }

    /** The number of its colour in charts. */
    static int colour(String method) {
        int known = USUAL.indexOf(method);
        return known >= 0 ? known : USUAL.size() + Math.floorMod(method.hashCode(), 3);
    }
}
