package dev.tempo.verification;

import dev.tempo.verification.text.AnswerExtraction;
import dev.tempo.verification.text.Stance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A verifier of logic grids in the form of ZebraLogic: the reference is
 * {@code {"header": ["House", "Name", …], "rows": [["1", "Arnold", …], …]}}, the answer the last complete JSON object
 * of the response, {@code {"solution": {"House 1": {"Name": "Arnold", …}, …}}}.
 */
public final class GridVerifier {
    private static final int CANDIDATES = 8;

    /** The words between two solutions that are offered together. */
    private static final Pattern ALTERNATIVES = Pattern.compile(
            "\\s*,\\s*|[^{}]{0,200}\\b(?:or|alternatively|maybe|perhaps|possibly|otherwise)\\b[^{}]{0,80}|[^{}]{0,80}(?:或者?|也可能)[^{}]{0,80}",
            Pattern.CASE_INSENSITIVE);

    private final JsonMapper strict = JsonMapper.builder().build();
    private final JsonMapper lenient = lenient().build();
    private final JsonMapper withoutRepetition =
            lenient().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Without a table of names: it would keep what strangers call things, and copy itself as it grows. */
    private static JsonMapper.Builder lenient() {
        return JsonMapper.builder(JsonFactory.builder()
                        .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                        .build())
                .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
                .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS);
    }

    /** The verdict on a response: correct if every cell is; the reason says how many are. */
    public Verification verify(String gold, String response) {
        GridScore score = score(gold, response);
        return Verification.of(
                score.solved(), "grid", score.right() + " of " + score.cells() + " cells", score.cells());
    }

    /**
     * The score of a response: its cells that are filled in as in the reference, case and outer spaces aside; an answer
     * that cannot be read has none.
     *
     * @throws IllegalArgumentException if the reference is no grid or has a masked cell ({@code ___}): a data error
     */
    public GridScore score(String gold, String response) {
        JsonNode grid = grid(gold);
        JsonNode header = grid.path("header");
        JsonNode solution = solution(AnswerExtraction.withoutReasoning(response));
        int right = 0;
        int cells = 0;
        for (JsonNode row : grid.path("rows")) {
            JsonNode house = solution == null ? null : field(solution, "House " + text(row.path(0)));
            for (int column = 1; column < header.size(); column++) {
                String name = text(header.path(column));
                String expected = text(row.path(column));
                if (expected.isEmpty() || expected.contains("___")) {
                    throw new IllegalArgumentException("The reference grid has no value for " + name + " of house "
                            + text(row.path(0)) + ": '" + expected + "'; use a data set with solutions");
                }
                cells++;
                JsonNode cell = house == null ? null : field(house, name);
                if (cell != null && same(expected, value(cell))) {
                    right++;
                }
            }
        }
        return new GridScore(right, cells);
    }

    /**
     * The solution of a response in one spelling, so that equal solutions are equal texts; null if there is none. Order of
     * the keys, case and outer spaces do not matter.
     */
    public @Nullable String answer(String response) {
        JsonNode solution = solution(AnswerExtraction.withoutReasoning(response));
        return solution == null || solution.isEmpty() ? null : strict.writeValueAsString(plain(solution));
    }

    private static Object plain(JsonNode node) {
        if (node.isObject()) {
            TreeMap<String, Object> fields = new TreeMap<>();
            node.properties().forEach(field -> fields.put(plain(field.getKey()), plain(field.getValue())));
            return fields;
        }
        return plain(value(node));
    }

    /** The content of a cell; a list of one is that one, a list of several is no answer. */
    private static String value(JsonNode cell) {
        return cell.isArray() ? cell.size() == 1 ? text(cell.path(0)) : "" : text(cell);
    }

    private static String plain(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private JsonNode grid(String gold) {
        try {
            JsonNode grid = strict.readTree(gold);
            if (grid.path("header").size() > 1 && !grid.path("rows").isEmpty()) {
                return grid;
            }
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException("The reference grid is not JSON: " + malformed.getOriginalMessage());
        }
        throw new IllegalArgumentException("The reference grid needs a header of two or more columns and rows");
    }

    private @Nullable JsonNode solution(String response) {
        List<JsonObjects.Span> objects = JsonObjects.complete(response);
        for (int last = objects.size() - 1; last >= Math.max(0, objects.size() - CANDIDATES); last--) {
            JsonObjects.Span span = objects.get(last);
            String text = response.substring(span.start(), span.end());
            JsonNode object = read(lenient, text);
            if (object == null) {
                // Braces of a formula, say: the object before it may be the answer.
                continue;
            }
            boolean isOneOfSeveral = last > 0 && areAlternatives(response, objects.get(last - 1), span);
            // A name given twice says two things at once.
            if (isOneOfSeveral || !isStated(response, span) || read(withoutRepetition, text) == null) {
                return null;
            }
            JsonNode solution = field(object, "solution");
            return solution == null ? object : solution;
        }
        return null;
    }

    private boolean areAlternatives(String response, JsonObjects.Span one, JsonObjects.Span other) {
        return ALTERNATIVES
                        .matcher(response.substring(one.end(), other.start()))
                        .matches()
                && read(lenient, response.substring(one.start(), one.end())) != null;
    }

    private static boolean isStated(String response, JsonObjects.Span span) {
        Stance stance = Stance.of(response, span.start(), span.end());
        return stance != Stance.DENIED && stance != Stance.HEDGED && stance != Stance.SUPPOSED;
    }

    private static @Nullable JsonNode read(JsonMapper mapper, String text) {
        try {
            return mapper.readTree(text);
        } catch (JacksonException noJson) {
            return null;
        }
    }

    /** The field of that name, case aside; null where there is none or more than one. */
    private static @Nullable JsonNode field(JsonNode object, String name) {
        List<String> keys =
                names(object).stream().filter(key -> same(key, name)).toList();
        return keys.size() == 1 ? object.get(keys.get(0)) : null;
    }

    private static List<String> names(JsonNode object) {
        return object.isObject() ? new ArrayList<>(object.propertyNames()) : List.of();
    }

    private static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asString().strip() : "";
    }

    private static boolean same(String one, String other) {
        return plain(one).equals(plain(other));
    }
}
