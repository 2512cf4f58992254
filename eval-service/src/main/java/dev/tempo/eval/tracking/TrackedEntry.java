package dev.tempo.eval.tracking;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * The numbers of one line of metrics.jsonl. Trackers get what stands there and nothing else, so that they can be brought up to it at
 * any time.
 *
 * @param step the version that the line is of: the rounds that it has behind it, through all stages
 * @param wallTime when the line was written, in seconds since 1970; in lines of versions that did not note it, seconds since the run
 *     began
 * @param scalars finite ones, by every name that they are known by, in the order in which they are written
 */
public record TrackedEntry(int step, double wallTime, Map<String, Double> scalars) {
    /** The field with the time at which a line was written. */
    public static final String AT = "at";

    private static final double MILLIS = 1000;

    public TrackedEntry {
        scalars = Collections.unmodifiableMap(new LinkedHashMap<>(scalars));
    }

    /** The numbers of a line that was read, whatever else it says. */
    public static TrackedEntry of(JsonNode line) {
        Map<String, Double> scalars = new LinkedHashMap<>();
        switch (line.path("type").asString("")) {
            case "policy" -> ofUpdate(scalars, line, "tempo/policy/");
            case "critic" -> ofUpdate(scalars, line, "tempo/critic/");
            case "evaluation" -> ofMeasurement(scalars, line);
            default -> {}
        }
        return new TrackedEntry(line.path("version").asInt(0), wallTime(line), scalars);
    }

    /** The time of the line in milliseconds since 1970, never before. */
    long millis() {
        return Math.max(0, Math.round(wallTime * MILLIS));
    }

    private static double wallTime(JsonNode line) {
        try {
            return Instant.parse(line.path(AT).asString("")).toEpochMilli() / MILLIS;
        } catch (DateTimeException | ArithmeticException notNoted) {
            double seconds = line.path("wallSeconds").asDouble(0);
            return Double.isFinite(seconds) ? seconds : 0;
        }
    }

    private static void ofUpdate(Map<String, Double> scalars, JsonNode line, String group) {
        line.forEachEntry((field, value) -> {
            switch (field) {
                case "version", "roundOfStage", "wentBackTo" -> {}
                case "wallSeconds" -> put(scalars, group + "seconds", value);
                case "rows" -> value.forEachEntry((kind, rows) -> put(scalars, group + "rows/" + kind, rows));
                default -> put(scalars, group + field, value);
            }
        });
    }

    private static void ofMeasurement(Map<String, Double> scalars, JsonNode line) {
        for (JsonNode set : line.path("sets")) {
            String name = set.path("set").asString("");
            int samples = set.path("samples").asInt(0);
            if (set.path("questions").asInt(0) > 0) {
                putOfSet(scalars, name, "avg@K", samples, set.path("avg").path("value"));
                set.path("passAt")
                        .forEachEntry((k, score) -> putPassAt(scalars, name, k, samples, score.path("value")));
                putOfSet(scalars, name, "maj@K", samples, set.path("majority").path("value"));
            }
            for (String share : List.of("malformed", "wrongClaimingCorrect", "distinctAnswers", "inFormat")) {
                putOfSet(scalars, name, share, samples, set.path(share));
            }
        }
        for (String quality : List.of("auc", "brier", "meanValue")) {
            put(scalars, "tempo/eval/critic/" + quality, line.path("critic").path(quality));
        }
        put(scalars, "tempo/eval/seconds", line.path("wallSeconds"));
        put(scalars, "tempo/eval/cpu.seconds", line.path("systemCpuSeconds"));
    }

    /** What verl measures with all samples is core to it, with less of them an aside. */
    private static void putPassAt(Map<String, Double> scalars, String set, String k, int samples, JsonNode value) {
        Map<String, Double> named = new LinkedHashMap<>();
        putOfSet(named, set, "pass@K", k, value);
        named.forEach((name, number) -> scalars.put(
                name.startsWith("val-core/") && !k.equals(String.valueOf(samples))
                        ? name.replaceFirst("val-core", "val-aux")
                        : name,
                number));
    }

    private static void putOfSet(
            Map<String, Double> scalars, String set, String score, Object samples, JsonNode value) {
        ScalarName known = ScalarName.of("tempo/eval/SET/" + score);
        for (String name : names(known)) {
            put(
                    scalars,
                    List.of(name),
                    value,
                    part -> part.equals(ScalarName.SET) ? set : part.replace("@" + ScalarName.SAMPLES, "@" + samples));
        }
    }

    private static void put(Map<String, Double> scalars, String ours, JsonNode value) {
        put(scalars, names(ScalarName.of(ours)), value, part -> part);
    }

    private static void put(
            Map<String, Double> scalars, List<String> names, JsonNode value, UnaryOperator<String> filledIn) {
        double number = value.isNumber() ? value.asDouble(Double.NaN) : Double.NaN;
        if (Double.isFinite(number)) {
            names.forEach(name -> scalars.put(
                    String.join(
                            "/", Arrays.stream(name.split("/")).map(filledIn).toList()),
                    number));
        }
    }

    private static List<String> names(ScalarName name) {
        List<String> names = new ArrayList<>(List.of(name.ours()));
        names.addAll(name.verl());
        names.addAll(name.trl());
        return names;
    }
}
