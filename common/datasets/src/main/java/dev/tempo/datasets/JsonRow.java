package dev.tempo.datasets;

import dev.tempo.contract.Check;
import dev.tempo.datasets.file.Conversation;
import dev.tempo.datasets.file.Excerpt;
import dev.tempo.datasets.file.FileRow;
import dev.tempo.datasets.file.NamedData;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A row of a data file as recipes name its columns; every refusal names file, line and column.
 *
 * @param numbered the id that the row has where the recipe names no column of ids
 */
record JsonRow(FileRow row, String numbered) {
    private static final Pattern STEP = Pattern.compile("\\.");

    /** The text of the id column, or {@code <file stem>-<line>} where the recipe names none. */
    String id(@Nullable String column) {
        return column == null ? numbered : text(column);
    }

    /** The text of the domain column, or {@code default} where the recipe names none. */
    String domain(@Nullable String column) {
        return column == null ? "default" : text(column);
    }

    /** The text of a column, or the digits of a whole number. */
    String text(String column) {
        JsonNode asked = VerlForm.asked(row.columns(), row.names(), column);
        return asked == null
                ? text(column, required(column))
                : Conversation.asked(asked, content -> text(column, content), problem -> refused(column, problem));
    }

    private String text(String column, JsonNode value) {
        if (!value.isString() && !value.isIntegralNumber()) {
            throw refused(column, noText(value));
        }
        String text = value.asString();
        if (text.isBlank()) {
            throw refused(column, "is empty");
        }
        if (text.length() > Check.LONGEST_QUESTION) {
            throw refused(
                    column, "has " + text.length() + " characters; at most " + Check.LONGEST_QUESTION + " are taken");
        }
        return text;
    }

    private String noText(JsonNode value) {
        String excerpt = Excerpt.of(value);
        if (Conversation.is(value)) {
            return "should be a text but is a conversation, " + excerpt + "; ./tempo questions --out "
                    + NamedData.of(row.file()).stem() + "-text.jsonl " + row.file() + " takes the user's part of it";
        }
        if (value.isArray() && value.size() == 1 && value.path(0).isValueNode()) {
            return "should be a text but is a list of one, " + excerpt
                    + "; write the text itself, or let ./tempo questions" + " --out "
                    + NamedData.of(row.file()).stem() + "-text.jsonl " + row.file()
                    + " do so";
        }
        if (value.isArray()) {
            return "should be a text but is a list of " + value.size() + ", " + excerpt
                    + "; write one text: one of them, or all as in \"1, 2\" if all of them are the answer";
        }
        if (value.isObject()) {
            return "should be a text but is an object, " + excerpt
                    + "; name the column that holds the text, or what inside of this one does, as in reward_model.ground_truth";
        }
        return "should be a text but is " + value
                + (isLine() ? "; put it in quotes" : "; write the column as text, so that the digits are yours");
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
        return row.refused("column '" + column + "' " + problem);
    }

    private JsonNode required(String column) {
        JsonNode value = found(column);
        if (value == null) {
            throw refused(
                    column,
                    "is missing; the " + row.unit() + " has " + row.names()
                            + ". Name the right column in the recipe's data section, or complete the " + row.unit());
        }
        if (value.isNull()) {
            throw refused(column, "is null; complete the " + row.unit() + ", or remove it");
        }
        return value;
    }

    /** The value of a column, of what a path of names leads to inside of one, or of what stands for it. */
    private @Nullable JsonNode found(String column) {
        JsonNode value = row.columns().get(column);
        if (value == null && column.contains(".")) {
            value = row.columns();
            for (String step : STEP.split(column, -1)) {
                value = value == null ? null : value.isArray() ? value.get(position(step)) : value.get(step);
            }
        }
        return value == null ? VerlForm.answer(row.columns(), column) : value;
    }

    private static int position(String step) {
        return step.matches("\\d{1,9}") ? Integer.parseInt(step) : Integer.MAX_VALUE;
    }

    private boolean isLine() {
        return row.unit().equals("line");
    }
}
