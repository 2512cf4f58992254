package dev.tempo.rollout.environment;

import dev.tempo.plugin.TextEnvironment;
import dev.tempo.verification.ChoiceVerifier;
import dev.tempo.verification.choice.AnswerOptions;
import dev.tempo.verification.text.AnswerExtraction;
import java.math.BigInteger;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A calculator for responses that check themselves, in plain text. Behind {@code 3 * 4 =} it writes the result, and behind {@code
 * 3 * 4 = 12, + 5 =} that of the number written last; operators are {@code + - *}. Where the prompt says "modulo 11", or "mod 11",
 * results are remainders from 0 to 10. Behind {@code Check:} it writes what the last complete {@code \\boxed{}} of the response so far
 * holds, as judges extract it, so that what is checked is what is answered; where the prompt lists options under letters and the
 * box names one of these, what the prompt says behind it. Where there is no such box it writes nothing.
 */
public final class CheckedArithmetic implements TextEnvironment {
    private static final String CHECK = "Check:";
    private static final Pattern ASKED = Pattern.compile("(-?\\d{1,18}),?\\s*([-+*])\\s*(\\d{1,18})\\s*=$");
    private static final Pattern MODULUS = Pattern.compile("(?i)\\bmod(?:ulo)?\\s+([1-9]\\d{0,17})\\b");
    /** Longer than anything that {@link #ASKED} matches but for white space. */
    private static final int TAIL = 64;

    @Override
    public String name() {
        return "checked-arithmetic";
    }

    @Override
    public String version() {
        return "3";
    }

    @Override
    public @Nullable String next(String prompt, String response) {
        if (response.endsWith("=")) {
            return result(prompt, response.substring(Math.max(0, response.length() - TAIL)));
        }
        if (response.endsWith(CHECK)) {
            String answer = AnswerExtraction.boxed(response.substring(0, response.length() - CHECK.length()));
            return answer == null ? null : " " + meaning(prompt, answer);
        }
        return null;
    }

    private static String meaning(String prompt, String answer) {
        AnswerOptions options = AnswerOptions.lettersOf(prompt);
        if (options == null) {
            return answer;
        }
        SortedSet<String> chosen = ChoiceVerifier.chosen("\\boxed{" + answer + "}", options);
        String text = chosen.size() == 1 ? options.textOf(options.labels().indexOf(chosen.first())) : "";
        return text.isEmpty() ? answer : text;
    }

    private static @Nullable String result(String prompt, String tail) {
        Matcher asked = ASKED.matcher(tail);
        if (!asked.find()) {
            return null;
        }
        BigInteger left = new BigInteger(asked.group(1));
        BigInteger right = new BigInteger(asked.group(3));
        BigInteger result = switch (asked.group(2)) {
            case "+" -> left.add(right);
            case "-" -> left.subtract(right);
            default -> left.multiply(right);
        };
        Matcher modulus = MODULUS.matcher(prompt);
        return " " + (modulus.find() ? result.mod(new BigInteger(modulus.group(1))) : result);
    }
}
