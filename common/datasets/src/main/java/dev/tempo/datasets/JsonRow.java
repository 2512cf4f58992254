package dev.tempo.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A line of a data file; every refusal names file, line and column. */
record JsonRow(Path file, int line, JsonNode columns) {

    /** The text of the id column, or {@code <file stem>-<line>} where the recipe names none. */
    String id(@Nullable String column) {
        return column == null ? stem() + "-" + line : text(column);
    }

    /** The text of the domain column, or {@code default} where the recipe names none. */
    String domain(@Nullable String column) {
        return column == null ? "default" : text(column);
    }

    /** The text of a column, or the digits of a whole number. */
    String text(String column) {
        JsonNode value = required(column);
        if (!value.isString() && !value.isIntegralNumber()) {
            throw refused(column, noText(value));
        }
        String text = value.asString();
        if (text.isBlank()) {
            throw refused(column, "is empty");
        }
        return text;
    }

    private String noText(JsonNode value) {
        String excerpt = excerpt(value);
        if (value.isArray() && value.path(0).has("role")) {
            return "should be a text but is a conversation, " + excerpt + "; ./tempo questions --out " + stem()
                    + "-text.jsonl " + file + " takes the user's part of it";
        }
        if (value.isArray() && value.size() == 1 && value.path(0).isValueNode()) {
            return "should be a text but is a list of one, " + excerpt
                    + "; write the text itself, or let ./tempo questions" + " --out " + stem() + "-text.jsonl " + file
                    + " do so";
        }
        if (value.isArray()) {
            return "should be a text but is a list of " + value.size() + ", " + excerpt
                    + "; write one text: one of them, or all as in \"1, 2\" if all of them are the answer";
        }
        if (value.isObject()) {
            return "should be a text but is an object, " + excerpt
                    + "; name the column that holds the text, or write it as one";
        }
        return "should be a text but is " + value + "; put it in quotes";
    }

    private static String excerpt(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** The positions that a column lists, each at least 0, ascending. */
    List<Integer> positions(String column) {
        JsonNode value = required(column);
        if (!value.isArray()) {
            throw refused(column, "should be a list of positions, such as [3, 4], but is " + value);
        }
        List<Integer> positions = new ArrayList<>();
        for (JsonNode position : value) {
            int last = positions.isEmpty() ? -1 : positions.get(positions.size() - 1);
            if (!position.isInt() || position.intValue() <= last) {
                throw refused(column, "should list ascending positions from 0 on but is " + value);
            }
            positions.add(position.intValue());
        }
        return positions;
    }

    DataFileException refused(String column, String problem) {
        return new DataFileException(file, line, "column '" + column + "' " + problem);
    }

    private JsonNode required(String column) {
        JsonNode value = columns.get(column);
        if (value != null && value.isNull()) {
            throw refused(column, "is null; complete the line, or remove it");
        }
        if (value == null) {
            throw refused(
                    column,
                    "is missing; the line has " + columns.propertyNames()
                            + ". Name the right column in the recipe's data section, or complete the line");
        }
        return value;
    }

    private String stem() {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
