package dev.tempo.eval.reproduction;

import dev.tempo.contract.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A question that readers of the paper ask, and the variants of TEMPO that answer it. TEMPO itself is one of them.
 *
 * @param name by which it is asked for
 * @param question in words
 * @param variants in the order in which they are shown
 */
public record Ablation(String name, String question, List<Variant> variants) {
    /** The word for all of them. */
    public static final String EVERY = "all";

    private static final int POOL = 600;

    /** All, in the order in which they are run. */
    public static final List<Ablation> ALL = List.of(
            new Ablation(
                    "labels",
                    "How many labeled questions does the critic need?",
                    List.of(
                            Variant.spread("labels-50", "50 questions", 50),
                            Variant.spread("labels-100", "100", 100),
                            Variant.spread("labels-200", "200", 200),
                            Variant.spread("labels-400", "400", 400),
                            Variant.known(Method.TEMPO, "TEMPO: all"))),
            new Ablation(
                    "distribution",
                    "Do labeled questions have to be like those without labels?",
                    List.of(
                            Variant.like("calibration-like", "600 like them", POOL),
                            Variant.like("calibration-mixed", "300 like them, 300 others", POOL / 2),
                            Variant.of(
                                    "calibration-other",
                                    "600 others",
                                    "recalibration: {questionsFrom: labeled/calibration}"),
                            Variant.known(Method.TEMPO, "TEMPO: 600 others, and those of stage 1"))),
            new Ablation(
                    "recalibration",
                    "How often does the critic have to be recalibrated?",
                    List.of(
                            Variant.known(Method.TEMPO, "TEMPO: every round"),
                            Variant.of("every-2", "every 2nd round", "recalibration: {every: 2}"),
                            Variant.of("every-4", "every 4th", "recalibration: {every: 4}"),
                            Variant.of("every-8", "every 8th", "recalibration: {every: 8}"),
                            Variant.known(Method.FROZEN, "never"),
                            Variant.of(
                                    "until-brier-05",
                                    "every round, until Brier .05, at most 4 times",
                                    "recalibration: {repeat: {untilBrier: 0.05, atMost: 4}}"),
                            Variant.of(
                                    "hold-brier-10",
                                    "the same, and no update above Brier .10",
                                    "recalibration: {repeat: {untilBrier: 0.05, atMost: 4, holdAbove: 0.1}}"))),
            new Ablation(
                    "value-index",
                    "Is a token's baseline the value before it, or after it as the paper prints?",
                    List.of(
                            Variant.known(Method.TEMPO, "TEMPO: before"),
                            Variant.of("value-after", "after", "advantage: {baseline: after}"))),
            new Ablation(
                    "whitening",
                    "Do advantages have to be whitened?",
                    List.of(
                            Variant.known(Method.TEMPO, "TEMPO: whitened"),
                            Variant.of("unwhitened", "as they are", "advantage: {whitening: false}"))),
            new Ablation(
                    "rehearsal",
                    "How much of the base model's corpus is to be rehearsed?",
                    List.of(
                            Variant.known(Method.TEMPO, "TEMPO"),
                            Variant.of("rehearsal-05", "weight .05", "policy: {rehearsal: 0.05}"),
                            Variant.known(Method.REHEARSED, "TEMPO, rehearsed"),
                            Variant.of("rehearsal-20", "weight .2", "policy: {rehearsal: 0.2}"))),
            new Ablation(
                    "reward",
                    "Is the reward the last value, or the least of the last ones?",
                    List.of(
                            Variant.known(Method.TEMPO, "TEMPO: the last"),
                            Variant.of("least-of-3", "least of 3", "lastValues: 3"),
                            Variant.of("least-of-6", "least of 6", "lastValues: 6"))));

    public Ablation {
        variants = List.copyOf(variants);
    }

    /**
     * A recipe that differs from TEMPO's in one thing.
     *
     * @param method its name among methods
     * @param words what it differs in
     * @param fields of the last stage, as a recipe has them; empty for TEMPO's
     * @param pool the labeled questions that its critic is recalibrated on
     */
    public record Variant(String method, String words, String fields, Pool pool) {
        static Variant of(String method, String words, String fields) {
            return new Variant(method, words, fields, Pool.AS_IT_IS);
        }

        /** A method that has a recipe of its own. */
        static Variant known(String method, String words) {
            return of(method, words, "");
        }

        static Variant spread(String method, String words, int questions) {
            return new Variant(method, words, "", new Pool(Pool.Kind.SPREAD, questions, 0));
        }

        static Variant like(String method, String words, int like) {
            return new Variant(method, words, "", new Pool(Pool.Kind.CHOSEN, POOL, like));
        }

        /** Whether a recipe of the world is just this. */
        public boolean hasRecipe() {
            return fields.isEmpty() && pool.equals(Pool.AS_IT_IS);
        }
    }

    /**
     * The labeled questions that a critic is recalibrated on.
     *
     * @param questions how many; 0 for the world's own
     * @param like how many of them are like the questions without labels, where they are chosen by that
     */
    public record Pool(Kind kind, int questions, int like) {
        static final Pool AS_IT_IS = new Pool(Kind.AS_IT_IS, 0, 0);

        /** How they are come by. */
        public enum Kind {
            AS_IT_IS,
            /** Evenly over the world's labeled questions. */
            SPREAD,
            /** Some like those without labels, the others of the world's own that no stage trains on. */
            CHOSEN
        }
    }

    /**
     * The ablations that are asked for.
     *
     * @throws UserException naming all there are, if one is not among them
     */
    public static List<Ablation> named(List<String> names) {
        if (isEvery(names)) {
            return ALL;
        }
        List<Ablation> named = new ArrayList<>();
        for (String name : names) {
            named.add(ALL.stream()
                    .filter(ablation -> ablation.name.equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new UserException("there is no ablation '" + name + "'; there are "
                            + String.join(", ", ALL.stream().map(Ablation::name).toList()) + ", and " + EVERY)));
        }
        return named;
    }

    /** Whether all are asked for. */
    public static boolean isEvery(List<String> names) {
        return names.stream().map(String::strip).anyMatch(EVERY::equals);
    }

    /** The names of the variants among methods. */
    public List<String> methods() {
        return variants.stream().map(Variant::method).toList();
    }

    /** What a method is called here. */
    String words(String method) {
        return variants.stream()
                .filter(variant -> variant.method.equals(method))
                .map(Variant::words)
                .findFirst()
                .orElse(method);
    }

    /** What a variant is called where no ablation is at hand: its question's subject and what it differs in. */
    static Optional<String> title(String method) {
        return ALL.stream()
                .flatMap(ablation -> ablation.variants.stream()
                        .filter(variant -> variant.method.equals(method))
                        .map(variant -> ablation.name + ": " + variant.words))
                .findFirst();
    }
}
