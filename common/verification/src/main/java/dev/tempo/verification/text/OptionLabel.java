package dev.tempo.verification.text;

/** The label of an option: its letter, with or without the option's text: {@code C} and {@code C. x = 42}. */
public final class OptionLabel {
    private OptionLabel() {}

    /**
     * Whether two texts label the same option: one is a bare letter and the other that letter, a sign that ends a
     * label, and a text.
     */
    public static boolean same(String one, String other) {
        return names(one, other) || names(other, one);
    }

    private static boolean names(String letter, String option) {
        String label = TextForm.literal(letter);
        if (label.length() == 3 && label.charAt(0) == '(' && label.charAt(2) == ')') {
            label = label.substring(1, 2);
        }
        if (label.length() != 1 || label.charAt(0) < 'A' || label.charAt(0) > 'J') {
            return false;
        }
        String text = option.strip();
        int at = text.startsWith("(") ? 1 : 0;
        boolean bracketed = at == 1;
        return text.length() > at + 3
                && text.charAt(at) == label.charAt(0)
                && (bracketed ? ")" : ".):").indexOf(text.charAt(at + 1)) >= 0
                && text.charAt(at + 2) == ' ';
    }
}
