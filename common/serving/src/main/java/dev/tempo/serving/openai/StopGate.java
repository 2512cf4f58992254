package dev.tempo.serving.openai;

import java.util.List;

/**
 * A gate before which a text waits while it may turn out to be the beginning of a stop string. What comes through is, in the
 * end, the text up to the first stop string. Not thread-safe.
 */
final class StopGate {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean shut;

    StopGate(List<String> stops) {
        this.stops = stops;
    }

    /** The text that is certain with this one. */
    String accept(String text) {
        if (shut) {
            return "";
        }
        held.append(text);
        int first = stops.stream()
                .mapToInt(stop -> held.indexOf(stop))
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
        if (first >= 0) {
            shut = true;
            return take(first);
        }
        return take(held.length() - beginnings());
    }

    /** The text that was still held back. */
    String finish() {
        return shut ? "" : take(held.length());
    }

    private String take(int length) {
        String taken = held.substring(0, length);
        held.delete(0, length);
        return taken;
    }

    /** The length of the longest end of the text that a stop string begins with. */
    private int beginnings() {
        return stops.stream().mapToInt(stop -> overlap(held, stop)).max().orElse(0);
    }

    /** The length of the longest end of a text that is a beginning, but not the whole, of another. */
    static int overlap(CharSequence text, String beginning) {
        for (int length = Math.min(text.length(), beginning.length() - 1); length > 0; length--) {
            if (beginning.startsWith(
                    text.subSequence(text.length() - length, text.length()).toString())) {
                return length;
            }
        }
        return 0;
    }
}
