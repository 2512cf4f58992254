package dev.tempo.datasets.comparison;

import java.util.ArrayList;
import java.util.List;

/** The one form of spellings of a formula that can be told to be the same only once its parts are known. */
final class EquivalentForms {
    /** Tokens of the longest exponent in round brackets. */
    private static final int LONGEST = 200;

    private EquivalentForms() {}

    static List<String> of(List<String> tokens) {
        List<String> braced = braced(tokens);
        List<String> rewritten = new ArrayList<>(braced.size());
        for (int i = 0; i < braced.size(); i++) {
            String token = braced.get(i);
            if ((token.equals("×") || token.equals("·")) && isNumber(braced, i - 1) && isNumber(braced, i + 1)) {
                rewritten.add("*");
            } else if (token.equals("^")
                    && i + 1 < braced.size()
                    && braced.get(i + 1).equals("∘")) {
                rewritten.add("°");
                i++;
            } else if (token.equals("^")
                    && i + 1 < braced.size()
                    && braced.get(i + 1).equals("'")) {
                continue;
            } else {
                rewritten.add(token);
            }
        }
        return rewritten;
    }

    /** A single number, letter or command as it is; several in brackets; nothing as nothing. */
    static List<String> bracketed(List<String> tokens, String open, String close) {
        if (tokens.isEmpty() || tokens.size() == 1 && isSingle(tokens.get(0))) {
            return tokens;
        }
        List<String> bracketed = new ArrayList<>(tokens.size() + 2);
        bracketed.add(open);
        bracketed.addAll(tokens);
        bracketed.add(close);
        return bracketed;
    }

    /** Exponents and radicands in round brackets as those in braces: {@code sqrt(x + 1)}, {@code 2^(n + 1)}. */
    private static List<String> braced(List<String> tokens) {
        List<String> braced = new ArrayList<>(tokens);
        for (int i = 0; i + 1 < braced.size(); i++) {
            boolean takes = braced.get(i).equals("√")
                    || braced.get(i).equals("sqrt")
                    || braced.get(i).equals("^");
            int close = takes && braced.get(i + 1).equals("(") ? closing(braced, i + 1) : -1;
            if (close > 0) {
                braced.set(i, braced.get(i).equals("sqrt") ? "√" : braced.get(i));
                if (close == i + 3 && isSingle(braced.get(i + 2))) {
                    braced.remove(close);
                    braced.remove(i + 1);
                } else {
                    braced.set(i + 1, "{");
                    braced.set(close, "}");
                }
            }
        }
        return braced;
    }

    private static int closing(List<String> tokens, int open) {
        int depth = 0;
        for (int i = open; i < Math.min(tokens.size(), open + LONGEST); i++) {
            depth += tokens.get(i).equals("(") ? 1 : tokens.get(i).equals(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSingle(String token) {
        return token.startsWith("\\")
                || Character.isDigit(token.charAt(0))
                || token.codePointCount(0, token.length()) == 1;
    }

    private static boolean isNumber(List<String> tokens, int at) {
        return at >= 0 && at < tokens.size() && Character.isDigit(tokens.get(at).charAt(0));
    }
}
