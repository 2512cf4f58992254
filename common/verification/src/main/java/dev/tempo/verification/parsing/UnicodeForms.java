package dev.tempo.verification.parsing;

import java.util.HashMap;
import java.util.Map;

/** The LaTeX or ASCII forms of unicode mathematics (½, x², 2√3, full-width and non-Latin digits, dashes, ≤). */
public final class UnicodeForms {
    private static final Map<Integer, String> FORMS = new HashMap<>();
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸ";
    private static final String SUPERSCRIPT_MEANINGS = "0123456789+-()nixy";
    private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙₓᵢⱼₖ";
    private static final String SUBSCRIPT_MEANINGS = "0123456789+-()nxijk";
    private static final String[] GREEK = {
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
        "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"
    };

    static {
        put("×✕✖", "\\times ");
        put("÷", "\\div ");
        put("·⋅∙•", "\\cdot ");
        put("∗", "*");
        put("−–—‒―﹣", "-");
        put("∕⁄", "/");
        put("±", "\\pm ");
        put("∓", "\\mp ");
        put("≤⩽≦", "\\le ");
        put("≥⩾≧", "\\ge ");
        put("≠", "\\ne ");
        put("≈≃≅", "\\approx ");
        put("￥", "¥");
        put("≡", "\\equiv ");
        put("∈", "\\in ");
        put("∪", "\\cup ");
        put("∩", "\\cap ");
        put("∖", "\\setminus ");
        put("∧", "\\land ");
        put("∨", "\\lor ");
        put("∅⌀", "\\emptyset ");
        put("∞", "\\infty ");
        put("√", "\\sqrt ");
        put("∛", "\\sqrt[3]");
        put("∜", "\\sqrt[4]");
        put("∑", "\\sum ");
        put("∏", "\\prod ");
        put("∫", "\\int ");
        put("°º˚", "^\\circ ");
        put("℃", "^\\circ C");
        put("′’‘", "'");
        put("“”„", "\"");
        put("→⟶", "\\to ");
        put("⇒⟹", "\\Rightarrow ");
        put("ℝ", "\\mathbb{R}");
        put("ℤ", "\\mathbb{Z}");
        put("ℚ", "\\mathbb{Q}");
        put("ℕ", "\\mathbb{N}");
        put("ℂ", "\\mathbb{C}");
        put("⟨〈", "\\langle ");
        put("⟩〉", "\\rangle ");
        put("⌊", "\\lfloor ");
        put("⌋", "\\rfloor ");
        put("⌈", "\\lceil ");
        put("⌉", "\\rceil ");
        put("∠", "\\angle ");
        put("△", "\\triangle ");
        put("…⋯", "\\ldots ");
        put("、", ",");
        put("。", ". ");
        put("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ");
        put("\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad", "");
        put("ℯ", "e");
        put("ϕ", "\\phi ");
        put("ϵ", "\\epsilon ");
        put("٪", "%");
        put("٫", ".");
        put("٬", ",");
        fraction("½", 1, 2);
        fraction("⅓", 1, 3);
        fraction("⅔", 2, 3);
        fraction("¼", 1, 4);
        fraction("¾", 3, 4);
        fraction("⅕", 1, 5);
        fraction("⅖", 2, 5);
        fraction("⅗", 3, 5);
        fraction("⅘", 4, 5);
        fraction("⅙", 1, 6);
        fraction("⅚", 5, 6);
        fraction("⅐", 1, 7);
        fraction("⅛", 1, 8);
        fraction("⅜", 3, 8);
        fraction("⅝", 5, 8);
        fraction("⅞", 7, 8);
        fraction("⅑", 1, 9);
        fraction("⅒", 1, 10);
        for (int letter = 0; letter < GREEK.length; letter++) {
            FORMS.put('α' + letter, "\\" + GREEK[letter] + " ");
        }
        for (String capital : new String[] {
            "Γ:Gamma", "Δ:Delta", "Θ:Theta", "Λ:Lambda", "Ξ:Xi", "Π:Pi", "Σ:Sigma", "Φ:Phi", "Ψ:Psi", "Ω:Omega"
        }) {
            FORMS.put((int) capital.charAt(0), "\\" + capital.substring(2) + " ");
        }
    }

    private UnicodeForms() {}

    private static void put(String characters, String form) {
        characters.chars().forEach(character -> FORMS.put(character, form));
    }

    private static void fraction(String character, int numerator, int denominator) {
        put(character, "\\frac{" + numerator + "}{" + denominator + "}");
    }

    public static String normalize(String text) {
        int plain = 0;
        while (plain < text.length() && text.charAt(plain) < 128) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder normalized = new StringBuilder(text.length() + 16).append(text, 0, plain);
        for (int at = plain; at < text.length(); ) {
            int character = text.codePointAt(at);
            if (SUPERSCRIPTS.indexOf(character) >= 0) {
                at = script(text, at, "^{", SUPERSCRIPTS, SUPERSCRIPT_MEANINGS, normalized);
                continue;
            }
            if (SUBSCRIPTS.indexOf(character) >= 0) {
                at = script(text, at, "_{", SUBSCRIPTS, SUBSCRIPT_MEANINGS, normalized);
                continue;
            }
            at += Character.charCount(character);
            String form = FORMS.get(character);
            if (form != null) {
                normalized.append(form);
            } else if (character >= 0xff01 && character <= 0xff5e) {
                normalized.append((char) (character - 0xfee0));
            } else if (character > 127 && Character.isDigit(character)) {
                normalized.append((char) ('0' + Character.digit(character, 10)));
            } else if (character >= 0x1d400 && character <= 0x1d7ff) {
                // Mathematical alphanumerics: bold, italic and double-struck letters.
                normalized.append(
                        java.text.Normalizer.normalize(Character.toString(character), java.text.Normalizer.Form.NFKC));
            } else {
                normalized.appendCodePoint(character);
            }
        }
        return normalized.toString();
    }

    private static int script(
            String text, int start, String opening, String forms, String meanings, StringBuilder normalized) {
        normalized.append(opening);
        int at = start;
        for (; at < text.length() && forms.indexOf(text.charAt(at)) >= 0; at++) {
            normalized.append(meanings.charAt(forms.indexOf(text.charAt(at))));
        }
        normalized.append('}');
        return at;
    }
}
