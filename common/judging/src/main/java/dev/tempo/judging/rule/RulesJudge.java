package dev.tempo.judging.rule;

import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import dev.tempo.verification.MathVerifier;
import dev.tempo.verification.TextVerifier;
import dev.tempo.verification.choice.AnswerOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judge that holds every rule: reference and question say which one applies. A reference that is a JSON grid is
 * compared cell by cell; one that names options of the question, by letters or words, by the options that the response
 * states; one with semicolons blank by blank; brackets and nothing else as text; everything else as mathematics, and
 * where it is words, as words too. The verdict's stage says which rule decided.
 *
 * <p>For votes, which know neither reference nor question, the answer is a grid where the response ends in one, else
 * the final answer, equal as mathematics or as words.
 */
public final class RulesJudge implements ExtractingJudge {
    private static final String BOX = "\\boxed{";
    private final ExtractingJudge grid = new GridJudge();
    private final ChoiceJudge choice = new ChoiceJudge();
    private final ExtractingJudge cloze = new ClozeJudge();
    private final ExtractingJudge math = new MathJudge();
    private final MathVerifier mathematics = new MathVerifier();
    private final TextVerifier text = new TextVerifier();

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public String version() {
        return "2";
    }

    @Override
    public Verdict judge(String question, String reference, String response, boolean ended) {
        if (References.isBrackets(reference) && ended) {
            String answer = FinalAnswer.of(response, true);
            boolean same = text.verify(reference, response).correct()
                    || answer != null && text.verify(reference, answer).correct()
                    || text.verify(reference, boxedBrackets(response)).correct();
            return decided(same, "text", answer, same ? "the same brackets" : "other brackets");
        }
        AnswerOptions options = References.choice(question, reference);
        if (options != null) {
            return choice.judge(options, reference, response, ended);
        }
        Verdict verdict = ruleFor(reference).judge(question, reference, response, ended);
        if (verdict.outcome() == Outcome.CORRECT || !References.isWords(reference) || !ended) {
            return verdict;
        }
        return text.verify(reference, response).correct()
                ? decided(true, "text", reference, "the words are the same")
                : verdict;
    }

    /** All between the last box and the last brace: brackets that are to be closed do not balance within a box. */
    private static String boxedBrackets(String response) {
        int box = response.lastIndexOf(BOX);
        int end = response.lastIndexOf('}');
        return box < 0 || end < box + BOX.length()
                ? ""
                : response.substring(box + BOX.length(), end)
                        .replace("\\{", "{")
                        .replace("\\}", "}");
    }

    private ExtractingJudge ruleFor(String reference) {
        if (References.isGrid(reference)) {
            return grid;
        }
        return References.hasBlanks(reference) ? cloze : math;
    }

    /** False for free-form words, which may be right although they are not the reference's. */
    @Override
    public boolean wrongIsFinal(String reference) {
        return !References.isFreeForm(reference);
    }

    @Override
    public @Nullable String answer(String response, boolean ended) {
        boolean endsInObject = response.stripTrailing().endsWith("}")
                || response.stripTrailing().endsWith("```");
        String solution = endsInObject && !response.contains("\\boxed") ? grid.answer(response, ended) : null;
        return solution == null ? math.answer(response, ended) : solution;
    }

    @Override
    public boolean equal(String first, String second) {
        List<String> both = List.of(first, second);
        if (both.stream().anyMatch(answer -> answer.startsWith("{\""))) {
            return first.equals(second);
        }
        boolean sameWords = both.stream().allMatch(References::isWords)
                && text.verify(first, second).correct();
        return sameWords || mathematics.equal(first, second).correct();
    }
}
