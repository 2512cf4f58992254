package dev.tempo.verification;

import java.util.ArrayList;
import java.util.List;

/** Finds answers in sentences: a formula between dollars or brackets, else a run of numbers and operators. */
final class PlainAnswers {
    /** How far back a formula with a number is preferred to a later one without. */
    private static final int NEARBY = 240;

    private PlainAnswers() {}

    private record Candidate(int start, int end, String content) {}

    /** What the text right after "the answer is" states. */
    static String after(String tail) {
        String text = tail.stripLeading();
        int skip = 0;
        while (skip < text.length() && " :*\"'\n=".indexOf(text.charAt(skip)) >= 0) {
            skip++;
        }
        text = text.substring(skip);
        List<Candidate> formulas = formulas(text);
        if (!formulas.isEmpty() && formulas.get(0).start() == 0) {
            return cluster(text, formulas, 0);
        }
        String sentence = sentence(text, formulas);
        if (sentence.isBlank()) {
            return "";
        }
        if (!Prose.isProse(sentence)) {
            return sentence;
        }
        String amount = amount(sentence);
        return amount.isEmpty() ? last(sentence) : amount;
    }

    /** The only amount of money in a sentence that has one currency sign, written behind the number; else empty. */
    private static String amount(String sentence) {
        int sign = Math.max(sentence.indexOf('$'), sentence.indexOf('€'));
        boolean single = sign > 0 && sentence.indexOf('$', sign + 1) < 0 && sentence.indexOf('€', sign + 1) < 0;
        int end = sign;
        while (single && end > 0 && sentence.charAt(end - 1) == ' ') {
            end--;
        }
        int start = end;
        while (start > 0
                && (Character.isDigit(sentence.charAt(start - 1)) || ".,".indexOf(sentence.charAt(start - 1)) >= 0)) {
            start--;
        }
        return single && start < end ? sentence.substring(start, end) : "";
    }

    private static String sentence(String text, List<Candidate> formulas) {
        for (int at = 0; at < text.length(); at++) {
            int place = at;
            boolean inside = formulas.stream().limit(64).anyMatch(span -> span.start() < place && place < span.end());
            char character = text.charAt(at);
            boolean end = character == '\n'
                    || (character == '.' || character == '!')
                            && (at + 1 == text.length() || text.charAt(at + 1) <= ' ');
            if (end && !inside && at > 0) {
                return text.substring(0, at);
            }
        }
        return text;
    }

    /** The last formula or number; one with a digit is preferred to a bare name close after it. */
    static String last(String text) {
        List<Candidate> candidates = new ArrayList<>();
        List<Candidate> formulas = formulas(text);
        int from = 0;
        for (int formula = 0; formula <= formulas.size(); formula++) {
            int to = formula < formulas.size() ? formulas.get(formula).start() : text.length();
            candidates.addAll(NumberRuns.in(text, from, to).stream()
                    .map(run -> new Candidate(run.start(), run.end(), run.content()))
                    .toList());
            if (formula < formulas.size()) {
                Candidate span = formulas.get(formula);
                if (!span.content().isBlank()) {
                    candidates.add(span);
                }
                from = span.end();
            }
        }
        if (candidates.isEmpty()) {
            return Prose.isProse(text) && text.length() > 200 ? "" : text;
        }
        Candidate last = candidates.get(candidates.size() - 1);
        for (int at = candidates.size() - 1; at >= 0; at--) {
            Candidate candidate = candidates.get(at);
            if (last.start() - candidate.end() > NEARBY) {
                break;
            }
            if (candidate.content().chars().anyMatch(Character::isDigit)) {
                return merged(text, formulas, candidate);
            }
        }
        return merged(text, formulas, last);
    }

    /** A list of formulas is found from its last member, too. */
    private static String merged(String text, List<Candidate> formulas, Candidate candidate) {
        for (int formula = 0; formula < formulas.size(); formula++) {
            if (formulas.get(formula).start() == candidate.start()) {
                int first = formula;
                while (first > 0 && connects(text, formulas.get(first - 1), formulas.get(first))) {
                    first--;
                }
                return cluster(text, formulas, first);
            }
        }
        return candidate.content();
    }

    private static String cluster(String text, List<Candidate> formulas, int first) {
        StringBuilder content = new StringBuilder(formulas.get(first).content());
        int last = first;
        while (last + 1 < formulas.size() && connects(text, formulas.get(last), formulas.get(last + 1))) {
            last++;
            content.append(" , ").append(formulas.get(last).content());
        }
        String rest = text.substring(formulas.get(last).end()).stripLeading();
        if (rest.startsWith("percent") || rest.startsWith("pct") || rest.startsWith("%") || rest.startsWith("\\%")) {
            content.append(" \\%");
        }
        return content.toString();
    }

    private static boolean connects(String text, Candidate left, Candidate right) {
        if (right.start() - left.end() > 12) {
            return false;
        }
        String gap = text.substring(left.end(), right.start()).strip();
        return gap.equals(",")
                || gap.equals(";")
                || gap.equals("and")
                || gap.equals("or")
                || gap.equals(", and")
                || gap.equals(", or");
    }

    private static List<Candidate> formulas(String text) {
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
