package dev.tempo.verification.choice;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options that a response states as its answer. The last statement of an answer counts; what is called right behind
 * it joins it, what is called wrong, possible or unknown behind it takes it back. Without a statement, what is called
 * right counts, else the end of "the process is C" where nothing contradicts it.
 */
public final class ChosenOptions {
    private static final Pattern GIVING_UP =
            Pattern.compile("\\b(?:i|we) (?:really |just |honestly |simply )?(?:don't|do not|can't|cannot"
                    + "|can not|couldn't|could not) (?:really )?(?:know|tell|decide|say which|determine|answer)|\\b(?:i|we) (?:give|gave) up\\b"
                    + "|\\bno (?:idea|clue)\\b|\\b(?:i'm|i am|we're|we are)(?: really)? (?:not sure|unsure|uncertain|at a loss)|^(?:not sure|unsure)"
                    + "|不知道|我?放弃|我?不确定|不会做|没把握|猜不出");

    private static final Pattern DENIED_OPPOSITE = Pattern.compile(
            "(?:\\b(?:is|are|was|were) not|\\b(?:is|are|was|were)n't)(?: (?:an?|deductively|logically|formally))*$");

    /** "If a premise is dropped, the argument is invalid" is no word on this argument. */
    private static final Pattern SUPPOSING = Pattern.compile(
            "^(?:if|suppose|assuming)\\b(?!.*\\b(?:so|therefore|hence|thus)\\b)", Pattern.CASE_INSENSITIVE);

    private static final Pattern OR = Pattern.compile("^(?:or|还是|或)");

    private static final Pattern BOX = Pattern.compile(PlainResponse.BOX_OPENS + "([^" + PlainResponse.BOX_OPENS
            + PlainResponse.BOX_CLOSES + "]{0,200})" + PlainResponse.BOX_CLOSES);

    /** The most groups of options that are read of one sentence, from its end. */
    private static final int MOST_GROUPS = 100;

    private final AnswerOptions options;
    private final Mentions mentions;
    private final ClauseClassifier reading;
    private final ResponseStatements statements;

    private ChosenOptions(AnswerOptions options) {
        this.options = options;
        this.mentions = new Mentions(options);
        this.reading = new ClauseClassifier(options);
        this.statements = new ResponseStatements(options.labels().size());
    }

    /**
     * The labels of the options that a response states as its answer, in order; empty where it settles on none, as where it denies,
     * doubts or only mentions them.
     *
     * @param response without its reasoning; of one longer than 12,000 characters the end is read
     */
    public static SortedSet<String> in(String response, AnswerOptions options) {
        SortedSet<String> labels = new TreeSet<>();
        for (int option : new ChosenOptions(options).read(response)) {
            if (option == Mention.NONE) {
                return new TreeSet<>();
            }
            labels.add(options.labels().get(option));
        }
        return labels;
    }

    private TreeSet<Integer> read(String response) {
        String text = boxesAsLabels(PlainResponse.of(response));
        int whole = options.withText(text);
        if (whole >= 0) {
            return new TreeSet<>(List.of(whole));
        }
        List<Sentence> sentences = Sentence.of(text);
        for (int at = 0; at < sentences.size(); at++) {
            Sentence sentence = sentences.get(at);
            String before = at > 0 && sentences.get(at - 1).endsLine()
                    ? sentences.get(at - 1).text()
                    : "";
            String remark = !sentence.endsLine() && at + 1 < sentences.size()
                    ? sentences.get(at + 1).text()
                    : "";
            if (read(
                    sentence,
                    WordsBefore.announces(before.toLowerCase(Locale.ROOT)),
                    remark.toLowerCase(Locale.ROOT),
                    at == 0)) {
                at++;
            }
        }
        return statements.result();
    }

    /** Whether the remark behind the sentence is its option written out. */
    private boolean read(Sentence sentence, boolean announced, String remark, boolean first) {
        String marked = sentence.text();
        String plain = marked.replace(PlainResponse.BOX_OPENS, ' ').replace(PlainResponse.BOX_CLOSES, ' ');
        String lower = plain.toLowerCase(Locale.ROOT);
        lower = lower.length() == plain.length() ? lower : plain;
        List<OptionGroup> groups = OptionGroup.of(mentions.in(plain), lower);
        List<Clause> clauses =
                Clause.of(groups.subList(Math.max(0, groups.size() - MOST_GROUPS), groups.size()), lower);
        if (clauses.isEmpty() && !sentence.asks()) {
            stateByText(lower);
        }
        boolean supposed = false;
        boolean written = clauses.size() == 1 && isWrittenOut(clauses.get(0), remark);
        for (Clause clause : clauses) {
            if (sentence.asks() && OR.matcher(lower).find()) {
                statements.add(
                        OptionStatus.POSSIBLE, new TreeSet<>(clause.group().options()), false);
            }
            if (!sentence.asks()) {
                boolean boxed = isBoxed(marked, clause.group().start());
                Place place = new Place(
                        sentence, boxed, announced, supposed, written ? "" : remark, first, clauses.size() == 1);
                read(clause, place);
                supposed |= WordsBefore.supposes(clause.left());
            }
        }
        statements.endSentence(GIVING_UP.matcher(lower).find());
        return written && !remark.isEmpty();
    }

    /**
     * The place of a clause in its response.
     *
     * @param announced whether the line before ends in words for an answer
     * @param supposed whether an earlier clause of the sentence begins with "if"
     * @param remark the next sentence of the line, empty where there is none
     * @param first whether its sentence is the response's first
     * @param alone whether it is the only one of its sentence
     */
    private record Place(
            Sentence sentence,
            boolean boxed,
            boolean announced,
            boolean supposed,
            String remark,
            boolean first,
            boolean alone) {}

    private void read(Clause clause, Place place) {
        TreeSet<Integer> named = new TreeSet<>(clause.group().options());
        OptionStatus status = reading.of(clause, place.announced(), place.first(), place.boxed());
        boolean written = isWrittenOut(clause, place.remark());
        boolean startsLine = (place.sentence().startsLine() || written)
                && clause.startsSentence()
                && clause.left().isEmpty();
        boolean isLabel = startsLine && place.alone() && named.size() == 1;
        if (status == OptionStatus.NAMED
                && SUPPOSING.matcher(place.sentence().text()).find()) {
            status = OptionStatus.MENTIONED;
        }
        if (place.supposed() && status == OptionStatus.BARE) {
            status = OptionStatus.POSSIBLE;
        }
        if (status == OptionStatus.BARE
                && isLabel
                && clause.endsSentence()
                && !place.remark().isEmpty()) {
            status = ofLabel(place.remark());
        }
        if (status == OptionStatus.MENTIONED && isLabel && clause.right().startsWith(":")) {
            status = OptionStatus.LABEL;
        }
        if (status == OptionStatus.REJECTED
                && options.areOpposites()
                && DENIED_OPPOSITE.matcher(clause.left()).find()) {
            named = new TreeSet<>(List.of(1 - named.first()));
            status = OptionStatus.NAMED;
        }
        if (status == OptionStatus.MENTIONED
                && opensWithName(clause, place.sentence(), place.first() || place.announced())) {
            status = OptionStatus.BARE;
        }
        boolean wholeLine = place.alone() && startsLine && place.remark().isEmpty() && status != OptionStatus.NAMED;
        statements.add(status, named, wholeLine);
        if (wholeLine && written) {
            statements.writtenOut(named);
        }
    }

    /** {@code A. This is wrong} judges; {@code A. tea} is the option written out; another remark leaves the label a label. */
    private OptionStatus ofLabel(String remark) {
        if (WordsBehind.calledWrong(remark)) {
            return options.asksForWrong() ? OptionStatus.RIGHT : OptionStatus.REJECTED;
        }
        if (WordsBehind.calledRight(remark)) {
            return options.asksForWrong() ? OptionStatus.REJECTED : OptionStatus.RIGHT;
        }
        return OptionStatus.LABEL;
    }

    /** {@code C. combustion} or {@code (C) combustion}, as the question has it. */
    private boolean isWrittenOut(Clause clause, String remark) {
        String own = clause.group().options().size() == 1
                ? options.textOf(clause.group().options().get(0))
                : "";
        String said = remark.isEmpty() ? clause.right() : remark;
        return !own.isEmpty() && AnswerOptions.plain(said).equals(own);
    }

    /** {@code C Cecile}, as references are written. */
    private boolean opensWithName(Clause clause, Sentence sentence, boolean first) {
        int end = clause.group().end();
        String text = sentence.text();
        return first
                && options.texts().isEmpty()
                && !options.areWords()
                && clause.startsSentence()
                && text.length() > end + 1
                && text.charAt(end) == ' '
                && Character.isUpperCase(text.charAt(end + 1));
    }

    /** "The answer is combustion", where an option reads so. */
    private void stateByText(String lower) {
        for (String sign : List.of(" is ", " is: ", ": ", "是", "为")) {
            int at = lower.lastIndexOf(sign);
            if (at >= 0 && lower.length() - at < 300) {
                int option = options.withText(lower.substring(at + sign.length()));
                String left = lower.substring(Math.max(0, at - 150), at + sign.length())
                        .strip();
                if (option >= 0
                        && WordsBefore.stated(left)
                        && !WordsBefore.denied(WordsBefore.withoutIdioms(left))
                        && !WordsBefore.doubted(left)) {
                    statements.add(OptionStatus.CHOSEN, new TreeSet<>(List.of(option)), false);
                    return;
                }
            }
        }
    }

    /** Puts an option's label for its text where a box holds that. */
    private String boxesAsLabels(String text) {
        if (options.texts().isEmpty()) {
            return text;
        }
        return BOX.matcher(text).replaceAll(box -> {
            int option = options.withText(box.group(1));
            return Matcher.quoteReplacement(
                    option < 0
                            ? box.group()
                            : PlainResponse.BOX_OPENS + options.labels().get(option) + PlainResponse.BOX_CLOSES);
        });
    }

    private static boolean isBoxed(String marked, int at) {
        return marked.lastIndexOf(PlainResponse.BOX_OPENS, at) > marked.lastIndexOf(PlainResponse.BOX_CLOSES, at);
    }
}
