package dev.tempo.verification;

import dev.tempo.plugin.Outcome;
import dev.tempo.verification.equality.AnswerEquality;
import dev.tempo.verification.equality.ScalarEquality;
import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Node.Word;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import dev.tempo.verification.expression.Undecidable;
import dev.tempo.verification.expression.Unparsable;
import dev.tempo.verification.form.Convention;
import dev.tempo.verification.form.NamedValues;
import dev.tempo.verification.form.Simplification;
import dev.tempo.verification.parsing.ClockTime;
import dev.tempo.verification.parsing.Commas;
import dev.tempo.verification.parsing.Parser;
import dev.tempo.verification.parsing.UnicodeForms;
import dev.tempo.verification.parsing.Units;
import dev.tempo.verification.text.AnswerExtraction;
import dev.tempo.verification.text.OptionLabel;
import dev.tempo.verification.text.Remarks;
import dev.tempo.verification.text.TextForm;
import java.util.List;

/**
 * A verifier of mathematical answers, which compares them by value. Thread-safe and deterministic: work is limited by a
 * budget of steps, and what cannot be settled within it is {@link Outcome#UNDECIDED}.
 */
public final class MathVerifier {
    /** The usual budget of steps: about 0.1 s of work in the worst case; ordinary answers need some hundred steps. */
    public static final long DEFAULT_STEPS = 800_000;

    private static final int GOLD_DIGITS = 3;
    private final long steps;

    public MathVerifier() {
        this(DEFAULT_STEPS);
    }

    /**
     * A verifier with a budget of its own.
     *
     * @param steps budget of one verdict, at least 1
     */
    public MathVerifier(long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("The step budget is at least 1, but was " + steps);
        }
        this.steps = steps;
    }

    /** The verdict on a response: its final answer compared with that of the reference. */
    public Verification verify(String gold, String response) {
        String answer = AnswerExtraction.answer(response);
        if (answer.isBlank()) {
            return new Verification(Outcome.WRONG, "extraction", "The response holds no answer", 0);
        }
        String reference = AnswerExtraction.reference(gold);
        if (reference.isBlank()) {
            return new Verification(Outcome.UNDECIDED, "extraction", "The reference holds no answer", 0);
        }
        Verification whole = decided(reference, Remarks.withoutPlace(answer, reference));
        String alone = whole.correct() || isList(reference) ? null : AnswerExtraction.lastOfLabelled(response);
        return alone == null ? whole : decided(reference, alone);
    }

    /** A response that nobody can judge against a plain reference is wrong, or writing such ones would pay. */
    private Verification decided(String reference, String answer) {
        Verification verification = compare(reference, answer, GOLD_DIGITS);
        boolean plain = verification.outcome() == Outcome.UNDECIDED && isPlain(reference);
        return plain
                ? new Verification(
                        Outcome.WRONG,
                        verification.stage(),
                        verification.reason() + ", which the reference is not to blame for",
                        verification.steps())
                : verification;
    }

    /** Whether a reference can be read and worked out within the budget: it then equals itself plus nothing. */
    private boolean isPlain(String reference) {
        return compare(reference, "\\textstyle " + reference, GOLD_DIGITS).correct()
                && compare(reference, "0", GOLD_DIGITS).outcome() != Outcome.UNDECIDED;
    }

    private static boolean isList(String reference) {
        return reference.indexOf(',') >= 0 || reference.indexOf(';') >= 0 || reference.indexOf('\n') >= 0;
    }

    /** The verdict on two bare answers, which are not looked for in a text; symmetric, for clustering votes. */
    public Verification equal(String one, String other) {
        return compare(one, other, ScalarEquality.PREDICTION_DIGITS);
    }

    private Verification compare(String gold, String answer, int goldDigits) {
        Budget budget = new Budget(steps);
        String literal = TextForm.literal(gold);
        if (!literal.isEmpty() && literal.equals(TextForm.literal(answer))) {
            return new Verification(Outcome.CORRECT, "literal", reason(gold, answer), 1);
        }
        Boolean time = ClockTime.same(gold, answer);
        if (time != null) {
            return Verification.of(time, "clock", reason(gold, answer), 1);
        }
        if (OptionLabel.same(gold, answer)) {
            return new Verification(Outcome.CORRECT, "label", reason(gold, answer), 1);
        }
        try {
            ScalarEquality scalars = new ScalarEquality(budget, goldDigits);
            String exactGold = withoutApproximation(gold);
            String exactAnswer = withoutApproximation(answer);
            boolean rounded = !exactGold.equals(gold) || !exactAnswer.equals(answer);
            if (equal(gold, answer, scalars, budget) || rounded && equal(exactGold, exactAnswer, scalars, budget)) {
                return new Verification(Outcome.CORRECT, scalars.stage(), reason(gold, answer), budget.spent());
            }
            return new Verification(Outcome.WRONG, scalars.stage(), reason(gold, answer), budget.spent());
        } catch (Unparsable text) {
            String gist = TextForm.literal(UnicodeForms.normalize(gold));
            boolean same = !gist.isEmpty() && gist.equalsIgnoreCase(TextForm.literal(UnicodeForms.normalize(answer)));
            return Verification.of(
                    same, "text", reason(gold, answer) + ", compared as text: " + text.getMessage(), budget.spent());
        } catch (Undecidable limit) {
            return new Verification(
                    Outcome.UNDECIDED,
                    "budget",
                    reason(gold, answer) + ", given up at " + limit.getMessage(),
                    budget.spent());
        }
    }

    /** The part of an answer that is meant exactly, as in {@code \\frac13 \\approx 0.33}. */
    private static String withoutApproximation(String answer) {
        int command = answer.lastIndexOf("\\approx");
        int sign = Math.max(command, answer.lastIndexOf('≈'));
        return sign <= 0 || answer.substring(0, sign).isBlank() ? answer : answer.substring(0, sign);
    }

    private static boolean equal(String gold, String answer, ScalarEquality scalars, Budget budget) {
        for (Commas[] commas : readings(gold, answer)) {
            if (equal(gold, commas[0], answer, commas[1], scalars, budget)) {
                return true;
            }
        }
        return false;
    }

    private static List<Commas[]> readings(String gold, String answer) {
        Commas[] usual = {Commas.THOUSANDS, Commas.THOUSANDS};
        boolean goldComma = hasInnerComma(gold);
        boolean answerComma = hasInnerComma(answer);
        if (!goldComma && !answerComma) {
            return List.<Commas[]>of(usual);
        }
        Commas[] lists = {Commas.LIST, Commas.LIST};
        if (goldComma == answerComma) {
            return List.of(usual, lists);
        }
        Commas[] decimal = {
            goldComma ? Commas.DECIMAL : Commas.THOUSANDS, answerComma ? Commas.DECIMAL : Commas.THOUSANDS
        };
        // A comma is a decimal point only beside a single number written with a point.
        boolean point = (goldComma ? answer : gold).indexOf('.') >= 0
                && (goldComma ? gold : answer)
                                .chars()
                                .filter(sign -> sign == ',')
                                .count()
                        == 1;
        return point ? List.of(usual, lists, decimal) : List.of(usual, lists);
    }

    private static boolean hasInnerComma(String text) {
        for (int comma = text.indexOf(','); comma > 0; comma = text.indexOf(',', comma + 1)) {
            if (comma + 1 < text.length()
                    && Character.isDigit(text.charAt(comma - 1))
                    && Character.isDigit(text.charAt(comma + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(
            String gold, Commas goldCommas, String answer, Commas answerCommas, ScalarEquality scalars, Budget budget) {
        Node left = Parser.parse(gold, goldCommas, budget);
        Node right = Parser.parse(answer, answerCommas, budget);
        if (isText(left, budget) || isText(right, budget)) {
            String words = TextForm.words(gold);
            if (!words.isEmpty() && words.equals(TextForm.words(answer))) {
                return true;
            }
            if (isWords(left, budget) && isWords(right, budget)) {
                return NamedValues.spelling(left, budget).equals(NamedValues.spelling(right, budget));
            }
        }
        Units.Quantity leftQuantity = Units.strip(left);
        Units.Quantity rightQuantity = Units.strip(right);
        if (leftQuantity.unit() != null
                && rightQuantity.unit() != null
                && !leftQuantity.unit().equals(rightQuantity.unit())) {
            return false;
        }
        Node leftValue = prepared(Units.strip(leftQuantity.value(), rightQuantity), budget);
        Node rightValue = prepared(Units.strip(rightQuantity.value(), leftQuantity), budget);
        AnswerEquality answers = new AnswerEquality(budget, scalars);
        return answers.equal(leftValue, rightValue)
                || Convention.differs(leftValue, rightValue, budget)
                        && answers.equal(
                                Convention.read(leftValue, rightValue, budget),
                                Convention.read(rightValue, leftValue, budget));
    }

    /** Units come off the items of lists and the sides of relations too. */
    private static Node prepared(Node node, Budget budget) {
        Node bare = Postorder.rewrite(node, budget, part -> {
            if (part instanceof Sequence sequence) {
                return new Sequence(sequence.open(), sequence.close(), stripped(sequence.items()));
            }
            return part instanceof Relation relation
                    ? new Relation(stripped(relation.sides()), relation.signs())
                    : part;
        });
        return Simplification.of(bare, budget);
    }

    private static List<Node> stripped(List<Node> items) {
        return items.stream().map(item -> Units.strip(item).value()).toList();
    }

    /** Whether a node is text that cannot be meant as a product of two variables. */
    private static boolean isWords(Node node, Budget budget) {
        boolean pair = node instanceof Word word
                && !word.quoted()
                && word.text().length() == 2
                && Simplification.areVariables(word.text());
        return !pair && isText(node, budget);
    }

    /** Whether an answer consists of words alone, as in {@code ellipse} or {@code Alice and Bob}. */
    private static boolean isText(Node node, Budget budget) {
        boolean words = false;
        for (Node part : Postorder.of(node, budget).nodes()) {
            boolean joined =
                    part instanceof Apply apply && apply.operation() == Operation.MULTIPLY || part instanceof Sequence;
            words |= part instanceof Word;
            if (part instanceof Numeral || !joined && !(part instanceof Word) && !(part instanceof Symbol)) {
                return false;
            }
        }
        return words;
    }

    private static String reason(String gold, String answer) {
        return "'" + shortened(answer) + "' against '" + shortened(gold) + "'";
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
