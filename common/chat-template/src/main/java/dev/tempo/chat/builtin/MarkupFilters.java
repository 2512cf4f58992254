package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Dict;
import dev.tempo.chat.python.Elements;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.SafeMarkup;
import dev.tempo.chat.python.TextSplitter;
import dev.tempo.chat.python.Undefined;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters for HTML, XML and addresses. */
final class MarkupFilters {
    static final Map<String, Filter> ALL = Map.of(
            "e", MarkupFilters::escape,
            "escape", MarkupFilters::escape,
            "forceescape", MarkupFilters::forceEscape,
            "safe", MarkupFilters::safe,
            "striptags", MarkupFilters::striptags,
            "xmlattr", MarkupFilters::xmlattr,
            "urlencode", MarkupFilters::urlencode);
    private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|apos|#39|#34|#x27|#x22);?");

    private MarkupFilters() {}

    private static Object escape(Object value, Arguments given) {
        given.bind();
        return SafeMarkup.escaped(value);
    }

    private static Object forceEscape(Object value, Arguments given) {
        given.bind();
        return SafeMarkup.escaped(Python.text(value));
    }

    private static Object safe(Object value, Arguments given) {
        given.bind();
        return new SafeMarkup(Python.text(value));
    }

    private static Object striptags(Object value, Arguments given) {
        given.bind();
        String text = without(without(Python.text(value), "<!--", "-->"), "<", ">");
        List<String> words = new ArrayList<>();
        TextSplitter.split(text, null, -1).forEach(word -> words.add((String) word));
        StringBuilder plain = new StringBuilder();
        String joined = String.join(" ", words);
        Matcher entity = ENTITY.matcher(joined);
        int at = 0;
        while (entity.find()) {
            plain.append(joined, at, entity.start())
                    .append(
                            switch (entity.group(1)) {
                                case "amp" -> "&";
                                case "lt" -> "<";
                                case "gt" -> ">";
                                case "quot", "#34", "#x22" -> "\"";
                                default -> "'";
                            });
            at = entity.end();
        }
        if (ENTITY.matcher(joined).replaceAll("").matches("(?s).*&[#a-zA-Z].*")) {
            throw new IllegalArgumentException("striptags supports the entities of & < > and quotes alone");
        }
        return plain.append(joined.substring(at)).toString();
    }

    private static String without(String text, String open, String close) {
        String rest = text;
        int start = rest.indexOf(open);
        while (start >= 0) {
            int end = rest.indexOf(close, start);
            if (end < 0) {
                break;
            }
            rest = rest.substring(0, start) + rest.substring(end + close.length());
            start = rest.indexOf(open);
        }
        return rest;
    }

    private static Object xmlattr(Object value, Arguments given) {
        Object autospace = given.bind("autospace=").get("autospace", true);
        if (!(value instanceof Dict attributes)) {
            throw new IllegalArgumentException("xmlattr takes a mapping, not " + Python.kind(value));
        }
        StringBuilder text = new StringBuilder();
        for (Object key : attributes.keys()) {
            Object attribute = attributes.get(key);
            if (attribute == null || attribute == Python.NONE || attribute instanceof Undefined) {
                continue;
            }
            if (!(key instanceof String name) || name.matches("(?s).*[\\s/>=].*")) {
                throw new IllegalArgumentException("xmlattr takes names of attributes, not " + Python.text(key));
            }
            text.append(text.isEmpty() ? "" : " ")
                    .append(SafeMarkup.escaped(name).text())
                    .append("=\"")
                    .append(SafeMarkup.escaped(attribute).text())
                    .append('"');
        }
        return (Python.truth(autospace) && !text.isEmpty() ? " " : "") + text;
    }

    private static Object urlencode(Object value, Arguments given) {
        given.bind();
        if (value instanceof String || !Elements.has(value)) {
            return quoted(Python.text(value), "/");
        }
        List<Object> pairs = value instanceof Dict dict ? dict.items() : Elements.list(value);
        List<String> parts = new ArrayList<>();
        for (Object pair : pairs) {
            List<Object> both = Elements.list(pair);
            if (both.size() != 2) {
                throw new IllegalArgumentException("urlencode takes a text, a mapping, or pairs of key and value");
            }
            parts.add(quoted(Python.text(both.get(0)), "").replace("%20", "+")
                    + "="
                    + quoted(Python.text(both.get(1)), "").replace("%20", "+"));
        }
        return String.join("&", parts);
    }

    private static String quoted(String text, String safe) {
        StringBuilder quoted = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            boolean plain = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "_.-~".indexOf(c) >= 0
                    || safe.indexOf(c) >= 0;
            quoted.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return quoted.toString();
    }
}
