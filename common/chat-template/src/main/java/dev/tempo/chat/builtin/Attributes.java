package dev.tempo.chat.builtin;

import dev.tempo.chat.python.MemberAccess;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.TextSplitter;
import dev.tempo.chat.python.Undefined;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A path to an attribute of an item, as filters take it: {@code 'function.name'}, {@code 0}.
 *
 * @param path attributes and indexes, each applied to the value of the one before it; empty for the item itself
 * @param otherwise the value in place of an undefined one; null to leave it undefined
 */
record Attributes(List<Object> path, @Nullable Object otherwise) {

    static Attributes of(Object attribute, @Nullable Object otherwise) {
        if (attribute == Python.NONE) {
            return new Attributes(List.of(), otherwise);
        }
        if (!(attribute instanceof String text)) {
            return new Attributes(List.of(attribute), otherwise);
        }
        List<Object> path = new ArrayList<>();
        for (Object part : TextSplitter.split(text, ".", -1)) {
            String name = (String) part;
            path.add(name.matches("\\d+") ? new BigInteger(name) : name);
        }
        return new Attributes(path, otherwise);
    }

    /** The paths in a list that is separated by commas. */
    static List<Attributes> several(Object attribute) {
        if (!(attribute instanceof String text)) {
            return List.of(of(attribute, null));
        }
        return TextSplitter.split(text, ",", -1).stream()
                .map(one -> of(one, null))
                .toList();
    }

    Object in(Object item) {
        Object value = item;
        for (Object part : path) {
            value = MemberAccess.item(value, part);
            if (otherwise != null && value instanceof Undefined) {
                value = otherwise;
            }
        }
        return value;
    }

    /** The value at the path, in lower case if it is a text and case does not count. */
    Object key(Object item, boolean caseSensitive) {
        Object value = in(item);
        return !caseSensitive && Python.isText(value) ? Python.text(value).toLowerCase(Locale.ROOT) : value;
    }
}
