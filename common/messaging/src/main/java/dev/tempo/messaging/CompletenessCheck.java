package dev.tempo.messaging;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The check whether a decoded message has every part that is not {@code @Nullable}: JSON decoders leave absent fields null, and a
 * reader should meet such a record as undecodable, not as a surprise later.
 */
final class CompletenessCheck {
    private CompletenessCheck() {}

    /**
     * The message itself, where it is complete.
     *
     * @throws IllegalArgumentException naming the missing field by its path, or where there is no message at all
     */
    static <T> T check(@Nullable T message) {
        if (message == null) {
            throw new IllegalArgumentException("the record holds null and no message");
        }
        check(message, "");
        return message;
    }

    private static void check(Object part, String path) {
        if (part instanceof Record record) {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                check(record, component, path.isEmpty() ? component.getName() : path + "." + component.getName());
            }
        } else if (part instanceof Map<?, ?> map) {
            map.forEach((key, entry) -> part(entry, path + "." + key));
        } else if (part instanceof Collection<?> collection) {
            collection.forEach(entry -> part(entry, path + "[]"));
        }
    }

    private static void part(@Nullable Object entry, String path) {
        if (entry == null) {
            throw new IllegalArgumentException("the message has null in '" + path + "'");
        }
        check(entry, path);
    }

    private static void check(Record record, RecordComponent component, String path) {
        Object part = read(record, component);
        if (part != null) {
            check(part, path);
        } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            throw new IllegalArgumentException("the message has no field '" + path + "'");
        }
    }

    private static @Nullable Object read(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
