package dev.tempo.chat.python;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/** The methods of Python's str. */
final class TextMethods {
    /** The names of all methods that str of Python 3.11 has, supported here or not. */
    static final Set<String> NAMES = Set.of(
            ("capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha"
                            + " isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle"
                            + " isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace"
                            + " rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase"
                            + " title translate upper zfill")
                    .split(" "));

    private final String text;
    private final Arguments given;

    private TextMethods(String text, Arguments given) {
        this.text = text;
        this.given = given;
    }

    /**
     * The result of a method.
     *
     * @throws IllegalArgumentException if there is no such method, it is not supported, or it does not take these arguments
     */
    static Object call(String text, String name, Arguments given) {
        return new TextMethods(text, given).call(name);
    }

    private Object call(String name) {
        return switch (name) {
            case "strip", "lstrip", "rstrip" ->
                PythonText.strip(
                        text,
                        given.bind("chars/=").optionalText("chars"),
                        !name.equals("rstrip"),
                        !name.equals("lstrip"));
            case "split", "rsplit" -> split(given.bind("sep=", "maxsplit="), name.equals("split"));
            case "splitlines" -> PythonText.lines(text, given.bind("keepends=").wholeFlag("keepends"));
            case "partition" -> TextSplitter.partition(text, one());
            case "rpartition" -> TextSplitter.partitionFromRight(text, one());
            case "startswith", "endswith" -> begins(given.bind("prefix/", "start/=", "end/="), name);
            case "removeprefix" -> text.startsWith(one()) ? text.substring(one().length()) : text;
            case "removesuffix" -> text.endsWith(one()) ? text.substring(0, text.length() - one().length()) : text;
            case "replace" -> replaced(given.bind("old/", "new/", "count/="));
            case "find", "index" -> found(name, false);
            case "rfind", "rindex" -> found(name, true);
            case "count" -> count(given.bind("sub/", "start/=", "end/="));
            case "join" -> joined(given.bind("iterable/").get("iterable"));
            case "center", "ljust", "rjust" -> padded(given.bind("width/", "fillchar/="), name);
            case "zfill" -> zeros(given.bind("width/").whole("width", 0));
            case "expandtabs" ->
                PythonText.expanded(text, given.bind("tabsize=").whole("tabsize", 8));
            case "format" -> TextFormat.of(text, given);
            case "format_map" ->
                TextFormat.ofMapping(text, given.bind("mapping/").get("mapping"));
            default -> without(name);
        };
    }

    private Object without(String name) {
        given.bind();
        return switch (name) {
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "title" -> PythonText.title(text);
            case "capitalize" -> PythonText.capitalized(text);
            case "swapcase" -> PythonText.swapped(text);
            case "isalnum" -> all(c -> PythonCharacters.isLetter(c) || PythonCharacters.isNumeric(c));
            case "isalpha" -> all(PythonCharacters::isLetter);
            case "isdigit" -> all(PythonCharacters::isDigit);
            case "isdecimal" -> all(PythonCharacters::isDecimal);
            case "isnumeric" -> all(PythonCharacters::isNumeric);
            case "isspace" -> all(PythonCharacters::isSpace);
            case "isascii" -> text.codePoints().allMatch(c -> c < 0x80);
            case "isprintable" -> text.codePoints().allMatch(PythonCharacters::isPrintable);
            case "isidentifier" -> PythonCharacters.isIdentifier(text);
            case "islower" -> PythonCharacters.isLower(text);
            case "isupper" -> PythonCharacters.isUpper(text);
            case "istitle" -> PythonCharacters.isTitle(text);
            default -> throw new IllegalArgumentException("the method " + name + "() of texts is not supported");
        };
    }

    private boolean all(IntPredicate kind) {
        return PythonCharacters.all(text, kind);
    }

    private String one() {
        return given.bind("text/").text("text");
    }

    private Object split(Arguments.Bound bound, boolean fromLeft) {
        int limit = bound.whole("maxsplit", -1);
        String separator = bound.optionalText("sep");
        return fromLeft
                ? TextSplitter.split(text, separator, Math.max(limit, -1))
                : TextSplitter.fromRight(text, separator, Math.max(limit, -1));
    }

    private boolean begins(Arguments.Bound bound, String name) {
        Object given = bound.get("prefix");
        List<Object> candidates = given instanceof Tuple tuple ? tuple.items() : List.of(bound.text("prefix"));
        Window window = window(bound);
        for (Object candidate : candidates) {
            if (!(candidate instanceof String part)) {
                throw new IllegalArgumentException(name + "() takes texts, not " + Python.kind(candidate));
            }
            if (window.valid()
                    && (name.equals("startswith")
                            ? window.part().startsWith(part)
                            : window.part().endsWith(part))) {
                return true;
            }
        }
        return false;
    }

    private String replaced(Arguments.Bound bound) {
        return PythonText.replace(text, bound.text("old"), bound.text("new"), bound.whole("count", -1));
    }

    private Object found(String name, boolean last) {
        Arguments.Bound bound = given.bind("sub/", "start/=", "end/=");
        Window window = window(bound);
        String part = bound.text("sub");
        int at = !window.valid()
                ? -1
                : last ? window.part().lastIndexOf(part) : window.part().indexOf(part);
        if (at < 0 && name.endsWith("index")) {
            throw new IllegalArgumentException(name + "(): " + Repr.of(part) + " does not occur in " + Repr.of(text));
        }
        return BigInteger.valueOf(at < 0 ? at : window.start() + window.part().codePointCount(0, at));
    }

    private Object count(Arguments.Bound bound) {
        Window window = window(bound);
        String part = bound.text("sub");
        if (!window.valid()) {
            return BigInteger.ZERO;
        }
        int count = part.isEmpty()
                ? Elements.length(window.part()) + 1
                : TextSplitter.split(window.part(), part, -1).size() - 1;
        return BigInteger.valueOf(count);
    }

    /** The part of a text that a search looks at; not valid if its start lies behind the text or behind its end. */
    private record Window(String part, int start, boolean valid) {}

    private Window window(Arguments.Bound bound) {
        int length = Elements.length(text);
        int start = MemberAccess.clipped(bound.get("start"), 0, length);
        int end = MemberAccess.clipped(bound.get("end"), length, length);
        Object given = bound.get("start");
        BigInteger written = PythonNumbers.whole(given);
        boolean valid = start <= end && (written == null || written.compareTo(BigInteger.valueOf(length)) <= 0);
        String part = valid ? text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end)) : "";
        return new Window(part, start, valid);
    }

    private String joined(Object parts) {
        return PythonText.join(
                Elements.list(parts).stream()
                        .map(part -> {
                            if (part instanceof String one) {
                                return one;
                            }
                            throw new IllegalArgumentException("join() takes texts, not " + Python.kind(part));
                        })
                        .toList(),
                text);
    }

    private String padded(Arguments.Bound bound, String name) {
        String fill = bound.get("fillchar", " ") instanceof String given ? given : bound.text("fillchar");
        if (Elements.length(fill) != 1) {
            throw new IllegalArgumentException(name + "() fills with one character, not " + Repr.of(fill));
        }
        int width = bound.whole("width", 0);
        Python.requireFit(width);
        int missing = Math.max(0, width - Elements.length(text));
        int left = switch (name) {
            case "ljust" -> 0;
            case "rjust" -> missing;
            default -> missing / 2 + (missing & width & 1);
        };
        return fill.repeat(left) + text + fill.repeat(missing - left);
    }

    private String zeros(int width) {
        Python.requireFit(width);
        int sign = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        String zeros = "0".repeat(Math.max(0, width - Elements.length(text)));
        return text.substring(0, sign) + zeros + text.substring(sign);
    }
}
