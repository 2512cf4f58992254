package dev.tempo.verification.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answers in sentences: a formula between dollars or brackets, else a run of numbers and operators. */
final class PlainAnswers {
    /** The distance, in characters, over which a formula with a number is preferred to a later one without. */
    private static final int NEARBY = 240;

    private static final Set<String> ALTERNATIVES = Set.of(
            "and", "or", "且", "并且", ", and", ", or", ",and", ",or", "或", "或者", "和", "以及", "与", "、", "; or", "; and");

    private PlainAnswers() {}

    /** An answer and where it stands in the text that was searched. */
    record Candidate(int start, int end, String content) {
        Candidate movedBy(int offset) {
            return new Candidate(start + offset, end + offset, content);
        }
    }

    /** The answer that the text right after "the answer is" states; null if it states none. */
    static @Nullable Candidate after(String text, int from) {
        int start = from;
        while (start < text.length()
                && (Character.isWhitespace(text.charAt(start)) || " :*\"'\n=】」』".indexOf(text.charAt(start)) >= 0)) {
            start++;
        }
        Candidate found = stated(Remarks.cut(text.substring(start)));
        return found == null || found.content().isEmpty() ? null : found.movedBy(start);
    }

    private static @Nullable Candidate stated(String text) {
        List<Candidate> formulas = DelimitedFormulas.in(text);
        if (!formulas.isEmpty() && formulas.get(0).start() == 0) {
            return cluster(text, formulas, 0, 0);
        }
        String sentence = sentence(text, formulas);
        if (sentence.isBlank()) {
            return null;
        }
        if (!Prose.isProse(sentence)) {
            return new Candidate(0, sentence.length(), sentence);
        }
        Candidate amount = amount(sentence);
        return amount == null ? last(sentence) : amount;
    }

    /** The only amount of money in a sentence that has one currency sign, written behind the number; else null. */
    private static @Nullable Candidate amount(String sentence) {
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
        return single && start < end ? new Candidate(start, end, sentence.substring(start, end)) : null;
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
    static Candidate last(String text) {
        List<Candidate> candidates = all(text);
        if (candidates.isEmpty()) {
            return new Candidate(0, text.length(), Prose.isProse(text) && text.length() > 200 ? "" : text);
        }
        int chosen = candidates.size() - 1;
        Candidate last = candidates.get(chosen);
        for (int at = chosen; at >= 0; at--) {
            Candidate candidate = candidates.get(at);
            if (last.start() - candidate.end() > NEARBY) {
                break;
            }
            if (candidate.content().chars().anyMatch(Character::isDigit)) {
                chosen = at;
                break;
            }
        }
        while (chosen > 0
                && (isContrast(text, candidates.get(chosen - 1), candidates.get(chosen))
                        || Remarks.follows(text, candidates.get(chosen - 1), candidates.get(chosen)))) {
            chosen--;
        }
        return alternatives(text, candidates, chosen);
    }

    private static List<Candidate> all(String text) {
        List<Candidate> candidates = new ArrayList<>();
        List<Candidate> formulas = DelimitedFormulas.in(text);
        int from = 0;
        for (int formula = 0; formula <= formulas.size(); formula++) {
            int to = formula < formulas.size() ? formulas.get(formula).start() : text.length();
            candidates.addAll(NumberRuns.in(text, from, to).stream()
                    .map(run -> new Candidate(run.start(), run.end(), run.content()))
                    .toList());
            if (formula < formulas.size()) {
                Candidate span = formulas.get(formula);
                boolean exponent = span.content().stripLeading().startsWith("^");
                if (!span.content().isBlank() && !exponent) {
                    candidates.add(span);
                }
                from = span.end();
            }
        }
        return candidates;
    }

    /** {@code 34, not 43}: the second number only says what the first one is not. */
    private static boolean isContrast(String text, Candidate left, Candidate right) {
        String gap = text.substring(left.end(), right.start()).strip();
        boolean comma = gap.startsWith(",") || left.end() > 0 && text.charAt(left.end() - 1) == ',';
        String words = gap.startsWith(",") ? gap.substring(1).strip() : gap;
        return words.equals("rather than")
                || words.equals("instead of")
                || words.equals("而不是")
                || words.equals("而非")
                || comma
                        && (words.equals("not")
                                || words.equals("and not")
                                || words.equals("but not")
                                || words.equals("不是"));
    }

    /** All members of a list that is found from its last one: {@code x = 10 or x = 12}. */
    private static Candidate alternatives(String text, List<Candidate> candidates, int chosen) {
        int first = chosen;
        boolean list = false;
        while (first > 0) {
            Candidate left = candidates.get(first - 1);
            Candidate right = candidates.get(first);
            boolean formulas = DelimitedFormulas.isFormula(text, left) && DelimitedFormulas.isFormula(text, right);
            if (!(formulas ? connects(text, left, right) : joins(text, left, right, list))) {
                break;
            }
            list = true;
            first--;
        }
        return cluster(text, candidates, first, chosen);
    }

    /** Numbers beside each other are a list where "and" or "or" says so. */
    private static boolean joins(String text, Candidate left, Candidate right, boolean list) {
        String gap = text.substring(left.end(), right.start()).strip();
        boolean comma = left.end() > 0 && text.charAt(left.end() - 1) == ',';
        return ALTERNATIVES.contains(gap) || list && (gap.equals(",") || gap.isEmpty() && comma);
    }

    /** The candidates from the first at least to the last, and the formulas listed behind it, as one. */
    private static Candidate cluster(String text, List<Candidate> candidates, int first, int least) {
        StringBuilder content = new StringBuilder(candidates.get(first).content());
        boolean inequality = Prose.isInequality(candidates.get(first).content());
        int last = first;
        while (last + 1 < candidates.size()
                && (last < least
                        || DelimitedFormulas.isFormula(text, candidates.get(last))
                                && DelimitedFormulas.isFormula(text, candidates.get(last + 1))
                                && connects(text, candidates.get(last), candidates.get(last + 1)))) {
            last++;
            Candidate next = candidates.get(last);
            String gap = text.substring(candidates.get(last - 1).end(), next.start());
            inequality |= Prose.isInequality(next.content());
            content.append(Prose.joint(gap, inequality)).append(next.content());
        }
        int end = candidates.get(last).end();
        String rest = DelimitedFormulas.isFormula(text, candidates.get(last))
                ? text.substring(end).stripLeading()
                : "";
        if (rest.startsWith("percent") || rest.startsWith("pct") || rest.startsWith("%") || rest.startsWith("\\%")) {
            content.append(" \\%");
        }
        return new Candidate(candidates.get(first).start(), end, content.toString());
    }

    private static boolean connects(String text, Candidate left, Candidate right) {
        if (right.start() - left.end() > 12) {
            return false;
        }
        String gap = text.substring(left.end(), right.start()).strip();
        return gap.equals(",") || gap.equals(";") || gap.equals("，") || ALTERNATIVES.contains(gap);
    }
}
