package dev.tempo.eval.reproduction;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The methods that are compared, by the names that files and options have for them. */
public final class Method {
    public static final String TEMPO = "tempo";
    public static final String REHEARSED = "rehearsed";
    public static final String TTRL = "ttrl";
    public static final String EMPO = "empo";
    public static final String FROZEN = "frozen";
    public static final String CONTINUED = "continued";
    public static final String SCRL = "scrl";
    public static final String TTRL_GUARD = "ttrl-guard";
    public static final String EM_RL = "em-rl";

    public static final String LORA = "lora";
    public static final String OLMO3 = "olmo3";

    /** The paper's and ours, in the order in which they are run. */
    public static final List<String> USUAL = List.of(TEMPO, REHEARSED, TTRL, EMPO, FROZEN, CONTINUED);

    /** The usual ones, and rewards without labels that others have published. */
    public static final List<String> ALL =
            List.of(TEMPO, REHEARSED, TTRL, EMPO, FROZEN, CONTINUED, SCRL, TTRL_GUARD, EM_RL);

    /** The word for {@link #ALL} of them. */
    public static final String EVERY = "all";

    /** In tables the paper's order, its own method last but for ours. */
    private static final List<String> SHOWN =
            List.of(CONTINUED, TTRL, EMPO, SCRL, TTRL_GUARD, EM_RL, FROZEN, TEMPO, REHEARSED);

    private Method() {}

    /** Tables' order: what is not known stands before TEMPO, by name. */
    static Comparator<String> order() {
        return Comparator.<String>comparingInt(method -> {
                    int place = SHOWN.indexOf(method);
                    return place < 0 ? SHOWN.indexOf(FROZEN) * 2 + 1 : place * 2;
                })
                .thenComparing(Comparator.naturalOrder());
    }

    /** The order in which they are run: what is not known stands last, by name. */
    static List<String> inRunningOrder(Collection<String> methods) {
        return methods.stream()
                .sorted(Comparator.comparingInt(
                                (String method) -> ALL.contains(method) ? ALL.indexOf(method) : ALL.size())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /**
     * The methods that names mean, each once.
     *
     * @param typed as {@code --methods} has them
     * @param every what {@link #EVERY} among them stands for
     */
    public static List<String> named(List<String> typed, List<String> every) {
        return typed.stream()
                .map(String::strip)
                .flatMap(method -> method.equals(EVERY) ? every.stream() : Stream.of(method))
                .distinct()
                .toList();
    }

    /** Methods as {@code --methods} takes them. */
    static String typed(List<String> methods) {
        return methods.equals(ALL) ? EVERY : String.join(",", methods);
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
            case SCRL -> "SCRL";
            case TTRL_GUARD -> "TTRL-Guard";
            case EM_RL -> "EM-RL";
            case LORA -> "TEMPO, LoRA";
            case OLMO3 -> "TEMPO, OLMo 3 base";
            default -> Ablation.title(method).orElse(method);
        };
    }

    /** The number of its colour in charts. */
    static int colour(String method) {
        // no world has these beside the rewards of others
        if (method.equals(LORA) || method.equals(OLMO3)) {
            return ALL.indexOf(method.equals(LORA) ? SCRL : TTRL_GUARD);
        }
        int known = ALL.indexOf(method);
        return known >= 0 ? known : Math.floorMod(method.hashCode(), FigureChart.LIGHT.size());
    }
}
