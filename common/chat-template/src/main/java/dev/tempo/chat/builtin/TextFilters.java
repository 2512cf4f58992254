package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Dict;
import dev.tempo.chat.python.Elements;
import dev.tempo.chat.python.MemberAccess;
import dev.tempo.chat.python.PercentFormat;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonFunction;
import dev.tempo.chat.python.PythonText;
import dev.tempo.chat.python.TextSplitter;
import dev.tempo.chat.python.Tuple;
import dev.tempo.chat.python.Undefined;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters of texts. A value that is no text is replaced by what it prints, where jinja2 does so. */
final class TextFilters {
    static final Map<String, Filter> ALL = Map.ofEntries(
            Map.entry("capitalize", (value, given) -> method("capitalize", value, given)),
            Map.entry("upper", (value, given) -> method("upper", value, given)),
            Map.entry("lower", (value, given) -> method("lower", value, given)),
            Map.entry("title", TextFilters::title),
            Map.entry("center", TextFilters::center),
            Map.entry("trim", TextFilters::trim),
            Map.entry("replace", TextFilters::replace),
            Map.entry("format", TextFilters::format),
            Map.entry("indent", TextFilters::indent),
            Map.entry("truncate", TextFilters::truncate),
            Map.entry("wordcount", TextFilters::wordcount),
            Map.entry("wordwrap", TextFilters::wordwrap),
            Map.entry("string", TextFilters::string));
    private static final Pattern WORD_BREAK = Pattern.compile("[-\\s({\\[<]+");
    private static final Pattern WRAP_CHUNK = Pattern.compile("[\\t\\n\\x0b\\f\\r ]+|[^\\t\\n\\x0b\\f\\r ]+");

    private TextFilters() {}

    private static Object method(String name, Object value, Arguments given) {
        return ((PythonFunction) MemberAccess.attribute(Python.text(value), name)).call(given);
    }

    private static Object string(Object value, Arguments given) {
        given.bind();
        return value instanceof dev.tempo.chat.python.SafeMarkup ? value : Python.text(value);
    }

    private static Object title(Object value, Arguments given) {
        given.bind();
        String text = Python.text(value);
        StringBuilder title = new StringBuilder();
        Matcher separator = WORD_BREAK.matcher(text);
        int at = 0;
        while (separator.find()) {
            title.append(titleWord(text.substring(at, separator.start()))).append(separator.group());
            at = separator.end();
        }
        return title.append(titleWord(text.substring(at))).toString();
    }

    private static String titleWord(String word) {
        if (word.isEmpty()) {
            return word;
        }
        int first = word.offsetByCodePoints(0, 1);
        return word.substring(0, first).toUpperCase(Locale.ROOT)
                + word.substring(first).toLowerCase(Locale.ROOT);
    }

    private static Object center(Object value, Arguments given) {
        Object width = given.bind("width=").get("width", BigInteger.valueOf(80));
        return method("center", value, new Arguments(given.function(), List.of(width), Map.of()));
    }

    private static Object trim(Object value, Arguments given) {
        return PythonText.strip(Python.text(value), given.bind("chars=").optionalText("chars"), true, true);
    }

    private static Object replace(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("old", "new", "count=");
        int count = bound.get("count") == Python.NONE ? -1 : bound.whole("count", -1);
        return PythonText.replace(
                Python.text(value), Python.text(bound.get("old")), Python.text(bound.get("new")), count);
    }

    private static Object format(Object value, Arguments given) {
        if (!given.positional().isEmpty() && !given.named().isEmpty()) {
            throw new IllegalArgumentException("the filter 'format' takes values with names or without, not both");
        }
        if (given.named().isEmpty()) {
            return PercentFormat.of(Python.text(value), new Tuple(given.positional()));
        }
        Dict named = new Dict();
        given.named().forEach(named::put);
        return PercentFormat.of(Python.text(value), named);
    }

    private static String required(Object value, Arguments given) {
        if (value instanceof String text) {
            return text;
        }
        throw value instanceof Undefined undefined
                ? undefined.used()
                : new IllegalArgumentException(given.function() + " takes a text, not " + Python.kind(value));
    }

    private static Object indent(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("width=", "first=", "blank=");
        String indention = bound.optional("width") instanceof String own
                ? own
                : (String) method(
                        "ljust",
                        "",
                        new Arguments(given.function(), List.of(bound.get("width", BigInteger.valueOf(4))), Map.of()));
        List<Object> lines = PythonText.lines(required(value, given) + "\n", false);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = (String) lines.get(i);
            boolean indented = i == 0 ? bound.flag("first") : bound.flag("blank") || !line.isEmpty();
            text.append(i == 0 ? "" : "\n").append(indented ? indention : "").append(line);
        }
        return text.toString();
    }

    private static Object truncate(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("length=", "killwords=", "end=", "leeway=");
        int length = bound.whole("length", 255);
        String end = bound.get("end", "...") instanceof String own ? own : bound.text("end");
        int leeway = bound.get("leeway") == Python.NONE ? 5 : bound.whole("leeway", 5);
        if (length < Elements.length(end) || leeway < 0) {
            throw new IllegalArgumentException(
                    "truncate needs a length of at least its end's, and a leeway of at least 0");
        }
        if (Elements.length(value) <= (long) length + leeway) {
            return value;
        }
        String text = required(value, given);
        String kept = text.substring(0, text.offsetByCodePoints(0, length - Elements.length(end)));
        return bound.flag("killwords")
                ? kept + end
                : TextSplitter.fromRight(kept, " ", 1).get(0) + end;
    }

    private static Object wordcount(Object value, Arguments given) {
        given.bind();
        int words = 0;
        boolean inWord = false;
        for (int c : Python.text(value).codePoints().toArray()) {
            boolean part = c == '_' || Character.isLetter(c) || isNumeric(c);
            words += part && !inWord ? 1 : 0;
            inWord = part;
        }
        return BigInteger.valueOf(words);
    }

    private static boolean isNumeric(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static Object wordwrap(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("width=", "break_long_words=", "wrapstring=", "break_on_hyphens=");
        int width = bound.whole("width", 79);
        String end = bound.get("wrapstring") == Python.NONE ? "\n" : bound.text("wrapstring");
        boolean breaking = bound.optional("break_long_words") == null || bound.flag("break_long_words");
        boolean hyphens = bound.optional("break_on_hyphens") == null || bound.flag("break_on_hyphens");
        String text = required(value, given);
        if (width <= 0) {
            throw new IllegalArgumentException("wordwrap needs a width above 0");
        } else if (hyphens && text.indexOf('-') >= 0) {
            throw new IllegalArgumentException(
                    "wordwrap of a text with hyphens is not supported but with break_on_hyphens=false");
        }
        List<String> lines = new ArrayList<>();
        for (Object line : PythonText.lines(text, false)) {
            lines.add(String.join(end, wrapped((String) line, width, breaking)));
        }
        return String.join(end, lines);
    }

    private static List<String> wrapped(String line, int width, boolean breaking) {
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        Matcher chunks = WRAP_CHUNK.matcher(line);
        while (chunks.find()) {
            String chunk = chunks.group();
            boolean blank = chunk.isBlank();
            while (!chunk.isEmpty()) {
                if (blank && current.isEmpty() && !lines.isEmpty()) {
                    break;
                } else if (Elements.length(current + chunk) <= width) {
                    current.append(chunk);
                    break;
                } else if (Elements.length(chunk) > width && breaking) {
                    int room = chunk.offsetByCodePoints(0, Math.max(1, width - Elements.length(current.toString())));
                    int taken = width == Elements.length(current.toString()) ? 0 : room;
                    current.append(chunk, 0, taken);
                    chunk = chunk.substring(taken);
                } else if (current.isEmpty()) {
                    current.append(chunk);
                    chunk = "";
                }
                flush(current, lines);
            }
        }
        flush(current, lines);
        return lines;
    }

    private static void flush(StringBuilder current, List<String> lines) {
        String line = current.toString();
        String kept = line.replaceFirst("[\\t\\n\\x0b\\f\\r ]+$", "");
        if (!kept.isEmpty()) {
            lines.add(kept);
        }
        current.setLength(0);
    }
}
