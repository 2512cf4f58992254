package dev.tempo.datasets.file;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.json.JsonMapper;

/** The fault of a text that should be one JSON object, in words for those who wrote it. */
public final class JsonFault {
    /** Part of the words for objects that share a line. */
    public static final String TWO_OBJECTS = "two objects stand on it; put each on a line of its own";

    private static final JsonMapper JSON = StrangersJson.READER;

    private static final int NEAR = 24;
    private static final Pattern NO_NUMBER = Pattern.compile("[:\\[,]\\s*(NaN|-?Infinity)\\b");
    private static final Pattern PYTHON = Pattern.compile("[:\\[,]\\s*(None|True|False)\\b");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:\\\\|[\"/bfnrtu])|(\\\\.)");
    private static final Pattern TWICE = Pattern.compile("[Dd]uplicate [^'\"]*['\"]([^'\"]*)['\"]");

    private record Sign(Pattern pattern, String problem) {}

    private static final List<Sign> SIGNS = List.of(
            new Sign(
                    Pattern.compile("^\\s*\\{\\s*'"),
                    "its quotes are single: Python's print of an object; write json.dumps(row)"),
            new Sign(Pattern.compile("^\\s*(?://|#)"), "it is a comment, which JSON does not have; remove it"),
            new Sign(
                    Pattern.compile("^\\s*[\\]}],?\\s*$"),
                    "it closes a list or an object that began on another line; write each object on one line"),
            new Sign(
                    Pattern.compile("^\\s*\"[^\"]*\"\\s*:"),
                    "it is part of an object over several lines; write each object on one line"));

    private JsonFault() {}

    /** The fault, to put behind the place; begins with "is not JSON". */
    public static String of(String text, JacksonException fault) {
        return "is not JSON: " + reason(text, fault);
    }

    private static String reason(String text, JacksonException fault) {
        Matcher twice = TWICE.matcher(String.valueOf(fault.getOriginalMessage()));
        if (twice.find()) {
            return "its column '" + twice.group(1) + "' comes twice; remove one";
        }
        int column = column(fault);
        Matcher found = NO_NUMBER.matcher(text);
        if (found.find() && Math.abs(found.start(1) - column) <= NEAR) {
            return found.group(1)
                    + " is no JSON value, though Python writes it for a number that is missing; leave the column"
                    + " out, or write null";
        }
        found = PYTHON.matcher(text);
        if (found.find() && Math.abs(found.start(1) - column) <= NEAR) {
            return found.group(1) + " is Python; JSON has null, true and false (json.dumps writes them)";
        }
        for (Sign sign : SIGNS) {
            if (sign.pattern().matcher(text).find()) {
                return sign.problem();
            }
        }
        int end = firstEnd(text);
        if (end > 0) {
            String rest = text.substring(end).strip();
            return switch (rest.charAt(0)) {
                case ',' ->
                    "a comma stands behind its object; remove the commas at the ends of lines:"
                            + " sed 's/,[[:space:]]*$//' FILE > NEW";
                case '{' -> TWO_OBJECTS;
                default -> "something stands behind its object: " + near(rest, 0);
            };
        }
        found = ESCAPE.matcher(text);
        while (found.find()) {
            if (found.group(1) != null) {
                return "JSON has no escape " + found.group(1)
                        + "; a backslash in a text is written twice, as json.dumps does";
            }
        }
        return at(text, column);
    }

    /** Counted from 0. */
    private static int column(JacksonException fault) {
        TokenStreamLocation location = fault.getLocation();
        return location == null ? 0 : Math.max(0, location.getColumnNr() - 1);
    }

    private static String at(String text, int column) {
        if (column >= text.stripTrailing().length()) {
            return "it ends in the middle of an object or a text; write each object on one line, and see whether the file was"
                    + " cut off";
        }
        if (text.charAt(column) < ' ') {
            return "a text holds a control character at column " + (column + 1)
                    + "; JSON writes it as an escape, such as \\t or \\n";
        }
        if ((text.charAt(column) == '}' || text.charAt(column) == ']')
                && text.substring(0, column).stripTrailing().endsWith(",")) {
            return "a comma stands before a closing bracket at column " + (column + 1) + "; remove it";
        }
        return "JSON does not go on like this at column " + (column + 1) + ": " + near(text, column);
    }

    private static String near(String text, int column) {
        int start = Math.max(0, column - NEAR / 2);
        int end = Math.min(text.length(), start + NEAR);
        return (start > 0 ? "…" : "") + text.substring(start, end) + (end < text.length() ? "…" : "");
    }

    /** Index behind the object that the text begins with; 0 where it does not begin with a whole one, or nothing follows. */
    private static int firstEnd(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return 0;
            }
            parser.skipChildren();
            int end = (int) parser.currentLocation().getCharOffset();
            return text.substring(end).isBlank() ? 0 : end;
        } catch (JacksonException broken) {
            return 0;
        }
    }
}
