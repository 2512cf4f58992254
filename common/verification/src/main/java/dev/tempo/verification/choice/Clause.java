package dev.tempo.verification.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A group of options with the words around it, up to the next comma, bracket or conjunction; in lower case.
 *
 * @param left what stands before it
 * @param right what stands behind it
 * @param behind what follows {@code right} beyond the sign or word that ended it
 * @param ending that sign, or the word's first letter; 0 where the sentence or another option follows
 * @param startsSentence whether nothing else stands before it in its sentence
 * @param endsSentence whether no word stands behind it in its sentence
 * @param subordinate whether a word such as "because" begins {@code left}
 */
record Clause(
        OptionGroup group,
        String left,
        String right,
        String behind,
        char ending,
        boolean startsSentence,
        boolean endsSentence,
        boolean subordinate) {
    private static final int LONGEST = 200;

    /** "All but D" is no new clause. */
    private static final Pattern ALL_BUT = Pattern.compile(
            "\\b(all|anything|everything|any|none|nothing|every\\w*|(?:any|every|all)(?: the)? (?:options?|others?|one|choices?)) but\\b");

    /** "At first, C" says the same as "at first C". */
    private static final Pattern AT_FIRST = Pattern.compile(
            "\\b(at first(?: glance| sight)?|initially|originally|at a first glance), *|(?<=乍一?看|起初|一开始),");

    private static final Pattern BOUNDARY = Pattern.compile(
            "[,()\\[\\]]|\\s[-–—]+\\s|\\b(?:but(?! also)|because|since|while|whereas|although|though|so(?! is| are)|and|where|when|therefore|hence|thus)\\b|但是?|因为|由于|而(?!是|不|非|且)");

    private static final Pattern SINGULAR = Pattern.compile("^(?:is|isn't|was|does|doesn't|has|[a-z]+s)\\b");

    private static final Set<String> SUBORDINATING =
            Set.of("because", "since", "while", "whereas", "although", "though", "where", "when", "and", "因为", "由于");

    static Clause of(OptionGroup group, int from, int to, String lower) {
        String before = joined(lower.substring(Math.max(from, group.start() - LONGEST), group.start()));
        String after = joined(lower.substring(group.end(), Math.min(to, group.end() + LONGEST)));
        int cut = 0;
        boolean subordinate = false;
        for (Matcher boundary = BOUNDARY.matcher(before); boundary.find(); ) {
            cut = boundary.end();
            subordinate = SUBORDINATING.contains(boundary.group());
        }
        Matcher end = BOUNDARY.matcher(after);
        int stop = after.length();
        String behind = "";
        char ending = 0;
        if (end.find()) {
            stop = end.start();
            behind = after.substring(end.end()).strip();
            ending = end.group().strip().charAt(0);
        }
        String left = before.substring(cut);
        boolean starts = from == 0
                && group.start() <= LONGEST
                && WordsBefore.opens(before.replaceAll("[,()]", " ").strip());
        boolean ends = to == lower.length()
                && group.end() + LONGEST > to
                && after.replaceAll("[\\s.,:)\\]\"']", "").isEmpty();
        return new Clause(
                group, squeezed(left), squeezed(after.substring(0, stop)), behind, ending, starts, ends, subordinate);
    }

    private static String joined(String text) {
        return AT_FIRST.matcher(ALL_BUT.matcher(text).replaceAll("$1 except")).replaceAll("$1 ");
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** The words that may call the option right or wrong, be it behind a dash or in brackets. */
    String predicate() {
        return right.isEmpty() && ending != ',' ? behind : right;
    }

    /** The clauses of a sentence, one for each group. */
    static List<Clause> of(List<OptionGroup> groups, String lower) {
        List<Clause> clauses = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < groups.size(); at++) {
            OptionGroup group = groups.get(at);
            int to = at + 1 < groups.size() ? groups.get(at + 1).start() : lower.length();
            Clause clause = of(group, from, to, lower);
            boolean follows = at > 0 && WordsBehind.isBareVerdict(lower.substring(from, group.start()));
            if (follows) {
                clause = of(group, group.start(), to, lower);
            }
            int split = clause.ownPredicateFrom();
            if (split > 0) {
                List<OptionGroup> parts = group.split(split);
                clauses.add(of(parts.get(0), from, parts.get(1).start(), lower));
                clause = of(parts.get(1), parts.get(0).end(), to, lower);
            }
            clauses.add(clause);
            from = group.end();
        }
        return clauses;
    }

    /**
     * The name at which a second part begins, as in "the answer is C, A takes up heat", where the comma joins no
     * options; else 0.
     */
    private int ownPredicateFrom() {
        if (WordsBehind.isReason(right)) {
            return 0;
        }
        boolean states = WordsBefore.stated(left);
        return switch (group.joining()) {
            case COMMA ->
                states || SINGULAR.matcher(right).find() ? group.mentions().size() - 1 : 0;
            case AND -> states && group.beginsWithComma() ? 1 : 0;
            case OR -> 0;
        };
    }
}
