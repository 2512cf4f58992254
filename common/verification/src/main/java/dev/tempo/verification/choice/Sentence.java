package dev.tempo.verification.choice;

import java.util.ArrayList;
import java.util.List;

/**
 * One sentence of a response.
 *
 * @param text without the sign that ends it
 * @param asks whether that sign is a question mark
 * @param startsLine whether nothing stands before it in its line
 * @param endsLine whether nothing stands behind it in its line
 */
record Sentence(String text, boolean asks, boolean startsLine, boolean endsLine) {

    static List<Sentence> of(String text) {
        List<Sentence> sentences = new ArrayList<>();
        text.lines().forEach(line -> addAll(line.strip(), sentences));
        return sentences;
    }

    private static void addAll(String line, List<Sentence> sentences) {
        int start = 0;
        boolean first = true;
        for (int at = 0; at < line.length(); at++) {
            if (!ends(line, at)) {
                continue;
            }
            boolean asks = line.charAt(at) == '?';
            String text = line.substring(start, at).strip();
            start = at + 1;
            String rest = line.substring(start).strip();
            if (!text.isEmpty() || asks) {
                sentences.add(new Sentence(text, asks, first, rest.isEmpty()));
                first = false;
            }
        }
        String rest = line.substring(start).strip();
        if (!rest.isEmpty()) {
            sentences.add(new Sentence(rest, false, first, true));
        }
    }

    private static boolean ends(String line, int at) {
        char character = line.charAt(at);
        if (character == '.') {
            char next = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
            return Character.isWhitespace(next) || next > 0x2e7f || ")]\"'*".indexOf(next) >= 0;
        }
        return "!?。;".indexOf(character) >= 0;
    }
}
