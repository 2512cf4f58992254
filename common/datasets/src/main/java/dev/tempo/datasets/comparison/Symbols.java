package dev.tempo.datasets.comparison;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Commands and signs of formulas under one name each; command names are in lower case, as keys are. */
final class Symbols {
    /** A line: the sign, then the commands and characters that mean it. */
    private static final String ALIKE = """
            ≤ leq le leqslant leqq ≦ ⩽ <=
            ≥ geq ge geqslant geqq ≧ ⩾ >=
            ≠ neq ne !=
            < lt
            > gt
            × times ✕ ✖
            · cdot ⋅ ∙ • ・
            * ast
            / div
            ± pm
            ∓ mp
            ≈ approx
            ≡ equiv
            ≅ cong
            ∼ sim
            ∝ propto
            ∈ in
            ∉ notin
            ∪ cup
            ∩ cap
            ⊂ subset
            ⊆ subseteq
            ⊃ supset
            ⊇ supseteq
            ∖ setminus smallsetminus
            ∅ emptyset varnothing
            ∀ forall
            ∃ exists
            ¬ neg lnot
            ∧ land wedge
            ∨ lor vee
            ⊕ oplus
            ⊗ otimes
            ∘ circ
            ∠ angle measuredangle
            △ triangle ▵ bigtriangleup
            ⊥ perp bot
            ∥ parallel ‖
            | mid ∣ vert lvert rvert
            → to rightarrow longrightarrow ⟶ -> mapsto
            ← leftarrow gets
            ⇒ implies ⟹ =>
            ⇔ iff leftrightarrow ⟺
            ∑ sum
            ∏ prod
            ∫ int
            ∂ partial
            ∇ nabla
            ∞ infty
            √ sqrt
            ⌊ lfloor
            ⌋ rfloor
            ⌈ lceil
            ⌉ rceil
            ⟨ langle 〈 〈
            ⟩ rangle 〉 〉
            ... ldots dots cdots dotsc dotsb vdots … ⋯
            : colon
            l ell
            ' prime
            { lbrace
            } rbrace
            [ lbrack
            ] rbrack
            ° degree
            ∴ therefore
            ∵ because
            % textpercent
            _ textunderscore
            \\ backslash
            α alpha
            β beta
            γ gamma
            δ delta
            ε epsilon varepsilon
            ζ zeta
            η eta
            θ theta vartheta
            ι iota
            κ kappa
            λ lambda
            μ mu
            ν nu
            ξ xi
            π pi varpi
            ρ rho varrho
            σ sigma varsigma
            τ tau
            υ upsilon
            φ phi varphi
            χ chi
            ψ psi
            ω omega
            sin sin
            cos cos
            tan tan tg
            cot cot ctg
            sec sec
            csc csc
            arcsin arcsin
            arccos arccos
            arctan arctan
            sinh sinh
            cosh cosh
            tanh tanh
            log log
            ln ln
            lg lg
            exp exp
            lim lim
            max max
            min min
            sup sup
            inf inf
            gcd gcd
            det det
            deg deg
            dim dim
            mod mod bmod pmod
            binom binom dbinom tbinom
            """;

    /** Commands that move or size things; they say nothing. */
    static final Set<String> SILENT = Set.of(
            "quad",
            "qquad",
            "thinspace",
            "medspace",
            "thickspace",
            "enspace",
            "negthinspace",
            "space",
            "hfill",
            "newline",
            "linebreak",
            "nobreak",
            "allowbreak",
            "left",
            "right",
            "middle",
            "big",
            "bigg",
            "bigl",
            "bigr",
            "biggl",
            "biggr",
            "bigm",
            "biggm",
            "displaystyle",
            "textstyle",
            "scriptstyle",
            "limits",
            "nolimits",
            "noindent",
            "par",
            "item",
            "centering",
            "rm",
            "bf",
            "it",
            "tt",
            "large",
            "small",
            "normalsize",
            "textdollar",
            "protect",
            "strut",
            "null");
    /** Commands that move by an argument of theirs. */
    static final Set<String> SPACES = Set.of("hspace", "vspace", "phantom", "hphantom", "vphantom", "label");
    /** Commands that say how their argument looks. */
    static final Set<String> STYLES = Set.of(
            "text",
            "textrm",
            "textbf",
            "textit",
            "texttt",
            "textsf",
            "textnormal",
            "mathrm",
            "mathbf",
            "mathit",
            "mathsf",
            "mathtt",
            "mathnormal",
            "mathbb",
            "mathcal",
            "mathscr",
            "mathfrak",
            "boldsymbol",
            "bm",
            "operatorname",
            "mbox",
            "hbox",
            "emph",
            "underline",
            "boldmath",
            "pmb",
            "ensuremath",
            "bold",
            "mathop");
    /** Environments that only set a formula apart. */
    static final Set<String> ENVIRONMENTS = Set.of(
            "equation",
            "align",
            "aligned",
            "gather",
            "gathered",
            "displaymath",
            "math",
            "split",
            "multline",
            "center",
            "flalign",
            "eqnarray",
            "document",
            "itemize",
            "enumerate");

    static final Set<String> FRACTIONS = Set.of("frac", "dfrac", "tfrac", "cfrac", "sfrac", "nicefrac");

    private static final Map<String, String> CANONICAL = canonical();

    private Symbols() {}

    /** The one name of a command, given without its backslash; an unknown one keeps its own. */
    static String command(String name) {
        String sign = CANONICAL.get(name);
        return sign == null ? "\\" + name : sign;
    }

    /** The one form of a sign; an unknown one keeps its own. */
    static String sign(String sign) {
        boolean name = Character.isLetter(sign.codePointAt(0)) && sign.codePointAt(0) < 128;
        return name ? sign : CANONICAL.getOrDefault(sign, sign);
    }

    private static Map<String, String> canonical() {
        Map<String, String> canonical = new HashMap<>();
        ALIKE.lines().forEach(line -> {
            String[] names = line.strip().split("\\s+");
            for (int i = 1; i < names.length; i++) {
                canonical.put(names[i], names[0]);
            }
        });
        return Map.copyOf(canonical);
    }
}
