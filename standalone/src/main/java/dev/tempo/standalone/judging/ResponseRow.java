package dev.tempo.standalone.judging;

import dev.tempo.datasets.file.JsonFault;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One response to judge.
 *
 * @param where file and line, for people
 * @param id of the row, empty where it has none
 * @param ended whether the model ended the response itself
 */
public record ResponseRow(String where, String id, String question, String reference, String response, boolean ended) {
    /** Without a table of names: it would keep what strangers call things, and copy itself as it grows. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .build();

    private static final List<String> QUESTION = List.of("question", "problem", "prompt");
    private static final List<String> REFERENCE = List.of("reference", "gold", "answer");
    private static final List<String> RESPONSE = List.of("response", "pred", "output");

    /**
     * A row from a line: a JSON object with {@code reference} (or {@code gold}, {@code answer}) and {@code response}
     * (or {@code pred}, {@code output}); {@code question}, {@code id} and {@code ended} may be left out.
     *
     * @throws IllegalArgumentException saying what is wrong, without the place
     */
    static ResponseRow of(String where, String line) {
        JsonNode row;
        try {
            row = JSON.readTree(line);
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(JsonFault.of(line, malformed));
        }
        if (!row.isObject()) {
            throw new IllegalArgumentException("should be a JSON object with 'reference' and 'response'");
        }
        String question = named(row, QUESTION).isEmpty() ? "" : text(row, QUESTION);
        JsonNode ended = row.path("ended");
        if (!ended.isMissingNode() && !ended.isBoolean()) {
            throw new IllegalArgumentException("'ended' should be true or false but is " + ended);
        }
        return new ResponseRow(
                where,
                row.path("id").isMissingNode()
                        ? ""
                        : row.path("id").asString(row.path("id").toString()),
                question,
                text(row, REFERENCE),
                text(row, RESPONSE),
                ended.asBoolean(true));
    }

    private static String named(JsonNode row, List<String> names) {
        return names.stream().filter(name -> row.hasNonNull(name)).findFirst().orElse("");
    }

    /** A text as it is; letters in a list joined; a grid or a number as its JSON. */
    private static String text(JsonNode row, List<String> names) {
        String name = named(row, names);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("has no '" + names.get(0) + "' (nor " + names.get(1) + ", "
                    + names.get(2) + "); it has " + row.propertyNames());
        }
        JsonNode value = row.path(name);
        if (value.isArray() && value.valueStream().allMatch(JsonNode::isString)) {
            return value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
        }
        return value.isString() ? value.asString() : value.toString();
    }
}
