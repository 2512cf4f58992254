package dev.tempo.verification;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The JSON objects of a text: its brace-balanced stretches, found in one pass, the outermost ones only. */
final class JsonObjects {
    private JsonObjects() {}

    /** A stretch of a text, from where it begins to where it ends, exclusive. */
    record Span(int start, int end) {}

    static List<Span> complete(String text) {
        Deque<Integer> open = new ArrayDeque<>();
        List<Span> spans = new ArrayList<>();
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (quoted) {
                if (character == '\\') {
                    at++;
                } else if (character == '"' || character == '\n') {
                    quoted = false;
                }
            } else if (character == '"') {
                quoted = !open.isEmpty();
            } else if (character == '{') {
                open.push(at);
            } else if (character == '}' && !open.isEmpty()) {
                int start = open.pop();
                while (!spans.isEmpty() && spans.get(spans.size() - 1).start() > start) {
                    spans.remove(spans.size() - 1);
                }
                spans.add(new Span(start, at + 1));
            }
        }
        return spans;
    }
}
