package dev.tempo.model.chat;

import com.hubspot.jinjava.util.ForLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop} of a for statement. */
final class Loop extends ForLoop {
    private final List<@Nullable Object> items;
    private final int level;

    Loop(List<@Nullable Object> items, int level) {
        super(items.iterator(), items.size());
        this.items = items;
        this.level = level;
    }

    int level() {
        return level;
    }

    @Nullable
    Object attribute(String name) {
        int index = getIndex0();
        int size = items.size();
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) size - index;
            case "revindex0" -> size - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == size - 1;
            case "length" -> (long) size;
            case "depth" -> level + 1L;
            case "depth0" -> (long) level;
            case "previtem" -> index > 0 ? items.get(index - 1) : null;
            case "nextitem" -> index < size - 1 ? items.get(index + 1) : null;
            default -> null;
        };
    }
}
