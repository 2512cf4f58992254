package dev.tempo.datasets.comparison;

import java.util.List;
import java.util.Random;

/**
 * The variants in which publishers write the same question. A bare question is written with «…» around its formulas, so that nothing here has to
 * recognise a formula.
 */
final class PublishedVariants {
    private static final List<String> BEFORE = List.of(
            "",
            "",
            "Please reason step by step, and put your final answer within \\boxed{}. ",
            "Solve the following math problem step by step.\n\n",
            "Solve the following problem: ",
            "Answer the following question.\n",
            "You are a helpful assistant. Think carefully before you answer the question.\n\n",
            "Solve the following math problem step by step. The last line of your response should be of the form"
                    + " Answer: $Answer (without quotes) where $Answer is the answer to the problem.\n\n",
            "请逐步推理，并将最终答案放在 \\boxed{} 中。\n",
            "请解答以下数学问题：",
            "解答下列问题。");
    private static final List<String> NUMBERS = List.of(
            "",
            "",
            "12. ",
            "3) ",
            "Problem 3: ",
            "Question 17.\n",
            "**Problem 4.** ",
            "Q5: ",
            "(7) ",
            "#8 ",
            "第5题：",
            "Question: ",
            "## Problem 2\n");
    private static final List<String> BEHIND = List.of(
            "",
            "",
            "\nPlease reason step by step, and put your final answer within \\boxed{}.",
            " Let's think step by step and output the final answer within \\boxed{}.",
            "\n\nRemember to put your answer on its own line after \"Answer:\".",
            " Show your work.",
            "\nThink step by step.",
            "\n请一步一步思考，把最终答案写在\\boxed{}里。",
            "\n请给出详细的解答过程。",
            "\n\nAnswer:",
            " PLEASE PUT YOUR FINAL ANSWER IN \\BOXED{}");
    private static final List<List<String>> DELIMITERS = List.of(
            List.of("$", "$"),
            List.of("$$", "$$"),
            List.of("\\(", "\\)"),
            List.of("\\[", "\\]"),
            List.of("", ""),
            List.of("$ ", " $"));
    private static final List<List<String>> SPELLINGS = List.of(
            List.of("\\frac{", "\\dfrac{", "\\tfrac{", "\\displaystyle\\frac{"),
            List.of("\\le ", "\\leq ", "≤", "\\leqslant "),
            List.of("\\times ", "×", "\\times\\, "),
            List.of("^2", "^{2}", "²", "^ 2"),
            List.of("_1", "_{1}", "₁"),
            List.of("\\pi", "π", "\\pi{}"),
            List.of("(", "\\left(", "\\bigl(", "( "),
            List.of(")", "\\right)", "\\bigr)", " )"),
            List.of("+", " + ", "\\,+\\,", "+\\!", "\u00A0+\u2009"),
            List.of("-", " - ", "−", "\\;-\\;", "–"),
            List.of("=", " = ", "\\ =\\ ", "＝"));

    private final Random random;

    PublishedVariants(long seed) {
        random = new Random(seed);
    }

    /** A random variant of a question, in which several things differ at once. */
    String of(String bare) {
        StringBuilder variant = new StringBuilder();
        List<String> delimiters = any(DELIMITERS);
        for (int at = 0; at < bare.length(); ) {
            int open = bare.indexOf('«', at);
            int close = bare.indexOf('»', at);
            variant.append(words(bare.substring(at, open < 0 ? bare.length() : open)));
            if (open >= 0) {
                variant.append(delimiters.get(0))
                        .append(formula(bare.substring(open + 1, close)))
                        .append(delimiters.get(1));
            }
            at = open < 0 ? bare.length() : close + 1;
        }
        String punctuated = end(variant.toString());
        String numbered = random.nextBoolean() ? any(NUMBERS) + any(BEFORE) : any(BEFORE) + any(NUMBERS);
        return numbered + punctuated + any(BEHIND);
    }

    private String words(String text) {
        String words = switch (random.nextInt(4)) {
            case 0 -> text.toUpperCase(java.util.Locale.ROOT);
            case 1 -> text.toLowerCase(java.util.Locale.ROOT);
            default -> text;
        };
        words = switch (random.nextInt(5)) {
            case 0 -> words.replace(" ", "  ");
            case 1 -> words.replace(" ", "\n");
            case 2 -> words.replace(" ", "\u00A0");
            case 3 -> words.replace(" ", " \u200B");
            default -> words;
        };
        words = random.nextBoolean() ? words : words.replace('\'', '’').replace(", ", "，");
        return random.nextInt(4) > 0 ? words : fullWidth(words);
    }

    private String formula(String formula) {
        String variant = formula;
        for (List<String> spelling : SPELLINGS) {
            variant = variant.replace(spelling.get(0), any(spelling));
        }
        return variant;
    }

    private String end(String question) {
        String open = question.replaceFirst("[.?？。．\\s]+$", "");
        return open + any(List.of(".", "?", "", " ?", "。", "？", "  "));
    }

    private static String fullWidth(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c > ' ' && c < 0x7F && c != '\'' ? c + 0xFEE0 : c)));
        return wide.toString();
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
