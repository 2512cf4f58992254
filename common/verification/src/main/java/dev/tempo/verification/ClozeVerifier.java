package dev.tempo.verification;

import dev.tempo.plugin.Outcome;
import dev.tempo.verification.text.AnswerExtraction;
import java.util.ArrayList;
import java.util.List;

/** A verifier of several blanks filled in order, as in AGIEval's {@code $5$;$10$}; every blank is compared as mathematics. */
public final class ClozeVerifier {
    private final MathVerifier mathematics;

    public ClozeVerifier(MathVerifier mathematics) {
        this.mathematics = mathematics;
    }

    /** The verdict on a response: correct if every blank is; undecided if no blank is wrong and one is undecided. */
    public Verification verify(String gold, String response) {
        List<String> blanks = parts(gold, ";");
        if (blanks.size() < 2) {
            return mathematics.verify(gold, response);
        }
        return compare(blanks, AnswerExtraction.answer(response));
    }

    /** The verdict on two bare answers, which are not looked for in a text; for clustering votes. */
    public Verification equal(String one, String other) {
        List<String> blanks = parts(one, ";");
        return blanks.size() < 2 ? mathematics.equal(one, other) : compare(blanks, other);
    }

    private Verification compare(List<String> blanks, String answer) {
        List<String> filled = parts(answer, ";");
        if (filled.size() != blanks.size()) {
            filled = parts(answer.replace("\\text{ and }", ",").replace(" and ", ","), ",;");
        }
        if (filled.size() != blanks.size()) {
            return new Verification(
                    Outcome.WRONG, "cloze", filled.size() + " answers for " + blanks.size() + " blanks", 1);
        }
        Outcome outcome = Outcome.CORRECT;
        long steps = 0;
        for (int blank = 0; blank < blanks.size(); blank++) {
            Verification one = mathematics.equal(blanks.get(blank), filled.get(blank));
            steps += one.steps();
            if (one.outcome() == Outcome.WRONG) {
                return new Verification(Outcome.WRONG, "cloze", "Blank " + (blank + 1) + ": " + one.reason(), steps);
            }
            outcome = one.outcome() == Outcome.UNDECIDED ? Outcome.UNDECIDED : outcome;
        }
        return new Verification(outcome, "cloze", blanks.size() + " blanks compared in order", steps);
    }

    /** Splits outside brackets. */
    private static List<String> parts(String text, String separators) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if ("([{".indexOf(character) >= 0) {
                depth++;
            } else if (")]}".indexOf(character) >= 0) {
                depth--;
            } else if (depth <= 0 && separators.indexOf(character) >= 0) {
                parts.add(text.substring(start, at));
                start = at + 1;
            }
        }
        parts.add(text.substring(start));
        parts.removeIf(String::isBlank);
        return parts;
    }
}
