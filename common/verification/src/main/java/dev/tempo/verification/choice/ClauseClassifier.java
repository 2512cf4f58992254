package dev.tempo.verification.choice;

import java.util.regex.Pattern;

/** A classifier of clauses: it says whether a clause states, denies or only mentions the options that it names. */
final class ClauseClassifier {
    private static final int WORDS_BEFORE_BRACKET = 6;

    /** The nouns that "valid" and the like may stand before. */
    private static final Pattern NOUN = Pattern.compile(
            "^(?:argument|inference|conclusion|reasoning|deduction|sentence|statement|claim|assertion|proposition)s?\\b");

    private final AnswerOptions options;

    ClauseClassifier(AnswerOptions options) {
        this.options = options;
    }

    /**
     * The status that a clause gives its options.
     *
     * @param announced whether the line before ended in words for an answer
     * @param first whether the sentence is the response's first
     * @param boxed whether the options stand in a box
     */
    OptionStatus of(Clause clause, boolean announced, boolean first, boolean boxed) {
        String left = WordsBefore.withoutIdioms(clause.left());
        String right = clause.right();
        boolean alternatives = clause.group().joining() == OptionGroup.Joining.OR;
        if (WordsBefore.saidByOthers(left)) {
            return OptionStatus.MENTIONED;
        }
        if (WordsBefore.denied(left)) {
            return options.asksForWrong() && WordsBefore.asksForWrong(left)
                    ? OptionStatus.CHOSEN
                    : OptionStatus.REJECTED;
        }
        if (WordsBehind.calledWrong(clause.predicate())) {
            return options.asksForWrong() ? OptionStatus.RIGHT : OptionStatus.REJECTED;
        }
        if (WordsBefore.supposes(left)) {
            return OptionStatus.MENTIONED;
        }
        boolean doubted = WordsBefore.doubted(left);
        OptionStatus status = WordsBehind.calledPossible(clause.predicate())
                ? OptionStatus.POSSIBLE
                : undoubted(clause, doubted ? WordsBefore.undoubted(left) : left, announced, first, boxed);
        if (status == OptionStatus.MENTIONED || status == OptionStatus.REJECTED) {
            return status;
        }
        return alternatives || doubted || WordsBehind.isConditional(right) || conditionFollows(clause)
                ? OptionStatus.POSSIBLE
                : status;
    }

    private static boolean conditionFollows(Clause clause) {
        return clause.right().isEmpty() && WordsBehind.isConditional(clause.behind());
    }

    private OptionStatus undoubted(Clause clause, String left, boolean announced, boolean first, boolean boxed) {
        String right = clause.right();
        boolean isText = isOwnText(clause);
        boolean free = clause.group().bracketed()
                || startsWithOwnText(clause, AnswerOptions.plain(right))
                || options.texts().isEmpty() && !options.areWords()
                || isFree(right);
        if (boxed) {
            return OptionStatus.CHOSEN;
        }
        if (WordsBehind.calledRight(clause.predicate())) {
            return calledRight(clause.predicate());
        }
        if (WordsBefore.callsWhatFollowsRight(left)) {
            return options.asksForWrong() ? OptionStatus.MENTIONED : OptionStatus.CHOSEN;
        }
        String before = clause.group().bracketed() ? withoutOwnText(clause, left) : left;
        if (free && WordsBefore.stated(before) || announced && clause.startsSentence() && WordsBefore.opens(before)) {
            return OptionStatus.CHOSEN;
        }
        if (isBare(clause, before, isText, first)) {
            return OptionStatus.BARE;
        }
        boolean closes = isText || WordsBehind.isReason(right) || options.areWords() && isFree(right);
        return closes && WordsBefore.endsInCopula(before) ? OptionStatus.NAMED : OptionStatus.MENTIONED;
    }

    private OptionStatus calledRight(String right) {
        if (WordsBehind.hasCondition(right)) {
            return OptionStatus.MENTIONED;
        }
        boolean ofTheStatement = options.asksForWrong()
                && !right.contains("answer")
                && !right.contains("choice")
                && !right.contains("答案");
        return ofTheStatement ? OptionStatus.REJECTED : OptionStatus.RIGHT;
    }

    private boolean isBare(Clause clause, String left, boolean isText, boolean first) {
        if (!WordsBefore.opens(left) || clause.subordinate()) {
            return false;
        }
        String right = clause.right();
        boolean saysYes = options.areWords()
                && options.labels().get(clause.group().options().get(0)).equals("yes");
        boolean nothingFollows =
                WordsBehind.isReason(right) || isText || saysYes || options.areWords() && right.startsWith(":");
        if (clause.endsSentence() && nothingFollows) {
            return true;
        }
        if (!clause.startsSentence() || !nothingFollows) {
            return false;
        }
        String behind = clause.behind();
        if (clause.ending() == ')') {
            return WordsBehind.isReason(behind) || startsWithOwnText(clause, behind);
        }
        if (clause.ending() != ',') {
            return true;
        }
        return behind.isEmpty()
                || WordsBehind.isReasonAfterComma(behind)
                || startsWithOwnText(clause, behind)
                || (first || options.areWords()) && !WordsBehind.isAboutTheOption(behind);
    }

    private boolean isFree(String right) {
        return WordsBehind.isFree(right)
                || options.areWords() && NOUN.matcher(right).find();
    }

    private boolean isOwnText(Clause clause) {
        String right = AnswerOptions.plain(clause.right());
        if (!startsWithOwnText(clause, right)) {
            return false;
        }
        String own = options.textOf(clause.group().options().get(0));
        return own.startsWith(right)
                || WordsBehind.isReason(right.substring(own.length()).strip());
    }

    private boolean startsWithOwnText(Clause clause, String text) {
        if (clause.group().options().size() != 1) {
            return false;
        }
        String own = options.textOf(clause.group().options().get(0));
        return !own.isEmpty() && !text.isEmpty() && (text.startsWith(own) || text.length() > 2 && own.startsWith(text));
    }

    /** "It is combustion (C)" says "it is (C)". */
    private String withoutOwnText(Clause clause, String left) {
        if (clause.group().options().size() == 1) {
            String own = options.textOf(clause.group().options().get(0));
            if (!own.isEmpty() && left.endsWith(own)) {
                return left.substring(0, left.length() - own.length()).strip();
            }
        }
        String before = left;
        for (int word = 0;
                word < WORDS_BEFORE_BRACKET && options.texts().isEmpty() && !WordsBefore.stated(before);
                word++) {
            int blank = before.lastIndexOf(' ');
            if (blank < 0) {
                return left;
            }
            before = before.substring(0, blank);
        }
        return WordsBefore.stated(before) ? before : left;
    }
}
