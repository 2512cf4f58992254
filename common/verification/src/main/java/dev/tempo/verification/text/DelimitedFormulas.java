package dev.tempo.verification.text;

import dev.tempo.verification.text.PlainAnswers.Candidate;
import java.util.ArrayList;
import java.util.List;

/** The formulas of a text between {@code $}, {@code $$}, {@code \(} or {@code \[}. */
final class DelimitedFormulas {
    private DelimitedFormulas() {}

    static boolean isFormula(String text, Candidate candidate) {
        char sign = text.charAt(candidate.start());
        return sign == '$' || text.startsWith("\\(", candidate.start()) || text.startsWith("\\[", candidate.start());
    }

    static List<Candidate> in(String text) {
        List<Candidate> formulas = new ArrayList<>();
        for (int at = 0; at < text.length(); at++) {
            String close = null;
            int open = at;
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                close = next == '(' ? "\\)" : next == '[' ? "\\]" : null;
                open = at + 2;
                if (close == null) {
                    at++;
                    continue;
                }
            } else if (text.charAt(at) == '$') {
                boolean display = text.startsWith("$$", at);
                close = display ? "$$" : "$";
                open = at + close.length();
            }
            if (close == null) {
                continue;
            }
            int end = find(text, close, open);
            if (end < 0) {
                if (!close.startsWith("$")) {
                    return formulas;
                }
                continue;
            }
            String content = text.substring(open, end);
            if (content.length() > 4_000 || Prose.isProse(content)) {
                // An amount in dollars, or a lone sign: what follows is no formula.
                at = open - 1;
                continue;
            }
            formulas.add(new Candidate(at, end + close.length(), content));
            at = end + close.length() - 1;
        }
        return formulas;
    }

    private static int find(String text, String close, int from) {
        int at = text.indexOf(close, from);
        while (at > 0 && close.startsWith("$") && text.charAt(at - 1) == '\\') {
            at = text.indexOf(close, at + 1);
        }
        return at;
    }
}
