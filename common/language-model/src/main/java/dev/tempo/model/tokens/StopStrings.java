package dev.tempo.model.tokens;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stop strings: texts that end a response. A stop string may begin and end within tokens: the response's tokens go up to the
 * one that completes it, the response's text up to where it begins. Immutable; safe for use by several threads.
 */
public final class StopStrings {
    private final Tokenizer tokenizer;
    private final List<String> strings;

    /**
     * Makes stop strings for responses of a tokenizer's tokens.
     *
     * @param strings at least one, none of them empty
     */
    public StopStrings(Tokenizer tokenizer, List<String> strings) {
        this.tokenizer = tokenizer;
        this.strings = List.copyOf(strings);
        if (strings.isEmpty() || strings.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("stop strings need a character each, but are " + strings);
        }
    }

    /** A search for stop strings in one response, which begins before its first token. */
    public Search search() {
        return new Search();
    }

    /** The text of a response up to the first stop string in it, or the whole text if there is none. */
    public String text(int[] responseIds) {
        Search search = search();
        for (int id : responseIds) {
            if (search.completes(id)) {
                break;
            }
        }
        return search.text();
    }

    /** A search for stop strings that reads a response token by token. Not thread-safe. */
    public final class Search {
        private final TextStream stream = new TextStream(tokenizer);
        private final StringBuilder text = new StringBuilder();
        private @Nullable String stoppedBy;

        private Search() {}

        /**
         * Adds a token to the response; gives whether a stop string is complete with it. If so, no further token may be
         * added.
         */
        public boolean completes(int id) {
            if (stoppedBy != null) {
                throw new IllegalStateException("the response ended with '" + stoppedBy + "'");
            }
            int from = text.length();
            text.append(stream.accept(id));
            return find(from);
        }

        /** The text before the stop string, or the whole text if there is none. To be asked for at the end. */
        String text() {
            if (stoppedBy == null) {
                int from = text.length();
                text.append(stream.finish());
                find(from);
            }
            return text.toString();
        }

        private boolean find(int from) {
            int first = Integer.MAX_VALUE;
            for (String string : strings) {
                int at = text.indexOf(string, Math.max(0, from - string.length() + 1));
                if (at >= 0 && at < first) {
                    first = at;
                    stoppedBy = string;
                }
            }
            if (stoppedBy != null) {
                text.setLength(first);
            }
            return stoppedBy != null;
        }
    }
}
