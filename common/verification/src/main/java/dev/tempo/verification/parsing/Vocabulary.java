package dev.tempo.verification.parsing;

import dev.tempo.verification.parsing.MathToken.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The vocabulary of the tokenizer: what LaTeX commands and plain words mean. */
public final class Vocabulary {
    /** Commands that change how an expression looks, not what it means. */
    static final Set<String> SILENT = Set.of(
            "left",
            "right",
            "mleft",
            "mright",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "bigl",
            "bigr",
            "Bigl",
            "Bigr",
            "biggl",
            "biggr",
            "Biggl",
            "Biggr",
            "middle",
            "quad",
            "qquad",
            "displaystyle",
            "textstyle",
            "scriptstyle",
            "limits",
            "nolimits",
            "mathbf",
            "boldsymbol",
            "bm",
            "mathit",
            "mathcal",
            "mathscr",
            "mathsf",
            "tiny",
            "scriptsize",
            "footnotesize",
            "small",
            "normalsize",
            "large",
            "Large",
            "LARGE",
            "huge",
            "Huge",
            "bfseries",
            "itshape",
            "upshape",
            "mdseries",
            "rmfamily",
            "sffamily",
            "ttfamily",
            "normalfont",
            "selectfont",
            "boldmath",
            "bold",
            "mathnormal",
            "bbox",
            "checkmark",
            "substack",
            "boxed",
            "fbox",
            "vec",
            "overrightarrow",
            "hline",
            "nonumber",
            "notag",
            "cfbox",
            "bf",
            "rm",
            "it",
            "pmb",
            "mathstrut",
            "strut",
            "thinspace",
            "medspace",
            "thickspace",
            "space",
            "enspace",
            "negthinspace",
            "ensuremath",
            "underbrace",
            "overbrace",
            "underline",
            "centering",
            "allowbreak",
            "newline",
            "hfill",
            "mathop",
            "mathrel",
            "mathbin",
            "therefore",
            "because",
            "implies",
            "smash",
            "mathord",
            "cancel",
            "variable");
    /** Commands whose braces hold words. */
    public static final Set<String> QUOTING = Set.of(
            "text",
            "textbf",
            "textit",
            "textrm",
            "texttt",
            "textsf",
            "textsc",
            "textnormal",
            "mathrm",
            "mbox",
            "hbox",
            "mathtt",
            "emph",
            "operatorname",
            "textup",
            "textmd",
            "rm");
    /** Commands dropped together with their argument. */
    static final Set<String> DROPPED = Set.of(
            "hspace",
            "vspace",
            "label",
            "tag",
            "hskip",
            "textcolor",
            "color",
            "colorbox",
            "fcolorbox",
            "kern",
            "phantom",
            "vphantom",
            "hphantom",
            "fontsize",
            "mathcolor",
            "raisebox",
            "scalebox",
            "resizebox",
            "rule",
            "definecolor",
            "style",
            "class",
            "cssId");
    /** Commands dropped with one argument more. */
    static final Set<String> DROPPED_WITH_TWO = Set.of("fcolorbox", "fontsize", "rule", "resizebox", "definecolor");
    /** Environments that lay out formulas in rows without a meaning of their own. */
    static final Set<String> LAYOUTS = Set.of(
            "align",
            "aligned",
            "alignat",
            "alignedat",
            "flalign",
            "split",
            "gather",
            "gathered",
            "eqnarray",
            "multline",
            "equation",
            "displaymath",
            "math",
            "center");

    /** Commands that take the letters behind them for a part of their name where a space is forgotten. */
    private static final Set<String> GLUED = Set.of(
            "quad", "qquad", "cdot", "times", "div", "lgroup", "rgroup", "lbrace", "rbrace", "lbrack", "rbrack", "leq",
            "geq", "neq", "approx", "frac", "dfrac", "tfrac", "sqrt");

    private static final Set<String> GLUED_TO_A_LETTER =
            Set.of("pi", "pm", "mp", "sin", "cos", "tan", "ln", "log", "le", "ge", "ne", "in", "alpha", "theta");

    /** The length of the longest command that letters may follow: beginnings of a longer name are not looked at. */
    private static final int LONGEST_GLUED = Stream.concat(GLUED.stream(), GLUED_TO_A_LETTER.stream())
            .mapToInt(String::length)
            .max()
            .orElse(0);

    static final Set<String> DECIMAL_BARS = Set.of("overline", "bar", "dot", "overset");
    static final Map<String, Integer> ARGUMENTS =
            Map.of("frac", 2, "binom", 2, "sqrt", 1, "overline", 1, "pmod", 1, "hat", 1, "tilde", 1, "abs", 1);

    /** Words that say nothing beside "and" and "or". */
    static final Set<String> FILLERS = Set.of("either", "both", "also");

    private static final Map<String, MathToken> COMMANDS = new HashMap<>();
    private static final Map<String, MathToken> WORDS = new HashMap<>();

    static {
        commands(Kind.COMMAND, "frac", "frac dfrac tfrac cfrac sfrac nicefrac");
        commands(Kind.COMMAND, "binom", "binom dbinom tbinom");
        commands(Kind.COMMAND, "sqrt", "sqrt");
        commands(Kind.COMMAND, "overline", "overline bar");
        commands(Kind.COMMAND, "pmod", "pmod");
        commands(Kind.COMMAND, "hat", "hat widehat");
        commands(Kind.COMMAND, "tilde", "tilde widetilde");
        commands(Kind.COMMAND, "abs", "abs");
        for (String function :
                ("sin cos tan cot sec csc arcsin arccos arctan arccot sinh cosh tanh coth arsinh arcosh artanh ln log lg exp max"
                                + " min gcd lcm det dim ker arg deg sup inf Re Im floor ceil sgn sign")
                        .split(" ")) {
            COMMANDS.put(function, token(Kind.FUNCTION, function));
            WORDS.put(function, token(Kind.FUNCTION, function));
        }
        for (String word : "deg Re Im sign dim ker arg inf sup".split(" ")) {
            WORDS.remove(word);
        }
        words(Kind.FUNCTION, "arcsin", "asin");
        words(Kind.FUNCTION, "arccos", "acos");
        words(Kind.FUNCTION, "arctan", "atan");
        words(Kind.FUNCTION, "arsinh", "asinh arcsinh");
        words(Kind.FUNCTION, "arcosh", "acosh arccosh");
        words(Kind.FUNCTION, "artanh", "atanh arctanh");
        commands(Kind.FUNCTION, "arsinh", "arcsinh");
        commands(Kind.FUNCTION, "arcosh", "arccosh");
        commands(Kind.FUNCTION, "artanh", "arctanh");
        commands(Kind.FUNCTION, "tan", "tg");
        commands(Kind.FUNCTION, "cot", "ctg cotg");
        commands(Kind.FUNCTION, "csc", "cosec");
        commands(Kind.FUNCTION, "sin", "sen");
        commands(Kind.FUNCTION, "arctan", "arctg");
        commands(Kind.FUNCTION, "arccot", "arcctg");
        words(Kind.FUNCTION, "abs", "abs");
        words(Kind.COMMAND, "sqrt", "sqrt");
        words(Kind.FUNCTION, "cbrt", "cbrt");
        words(Kind.FUNCTION, "binom", "binom binomial");
        words(Kind.FUNCTION, "factorial", "factorial");
        commands(Kind.BIG, "sum", "sum");
        commands(Kind.BIG, "prod", "prod");
        commands(Kind.BIG, "int", "int iint iiint oint");
        commands(Kind.BIG, "lim", "lim");
        commands(Kind.INFIX, "*", "times cdot ast star");
        commands(Kind.INFIX, "/", "div");
        commands(Kind.INFIX, "over", "over");
        commands(Kind.INFIX, "choose", "choose");
        commands(Kind.INFIX, "±", "pm");
        commands(Kind.INFIX, "∓", "mp");
        commands(Kind.INFIX, "mod", "bmod mod");
        words(Kind.INFIX, "mod", "mod");
        commands(Kind.INFIX, "∪", "cup bigcup");
        commands(Kind.INFIX, "∩", "cap bigcap");
        commands(Kind.INFIX, "∖", "setminus smallsetminus backslash");
        commands(Kind.CONNECTIVE, "and", "wedge land");
        commands(Kind.RELATION, "≤", "le leq leqslant leqq");
        commands(Kind.RELATION, "≥", "ge geq geqslant geqq");
        commands(Kind.RELATION, "<", "lt");
        commands(Kind.RELATION, ">", "gt");
        commands(Kind.RELATION, "≠", "ne neq");
        commands(Kind.RELATION, "=", "approx equiv approxeq doteq triangleq coloneqq");
        commands(Kind.RELATION, "∈", "in");
        commands(Kind.RELATION, "∉", "notin");
        commands(
                Kind.RELATION,
                "→",
                "to rightarrow longrightarrow Rightarrow Longrightarrow mapsto iff "
                        + "Leftrightarrow Longleftrightarrow leftrightarrow");
        for (String sign : "sim simeq cong propto perp parallel subset subseteq supset supseteq nmid".split(" ")) {
            COMMANDS.put(sign, token(Kind.RELATION, sign));
        }
        commands(Kind.OPEN, "{", "lbrace");
        commands(Kind.CLOSE, "}", "rbrace");
        commands(Kind.OPEN, "[", "lbrack");
        commands(Kind.CLOSE, "]", "rbrack");
        commands(Kind.OPEN, "(", "lgroup lparen");
        commands(Kind.CLOSE, ")", "rgroup rparen");
        commands(Kind.OPEN, "⟨", "langle");
        commands(Kind.CLOSE, "⟩", "rangle");
        commands(Kind.OPEN, "⌊", "lfloor llcorner");
        commands(Kind.CLOSE, "⌋", "rfloor lrcorner");
        commands(Kind.OPEN, "⌈", "lceil ulcorner");
        commands(Kind.CLOSE, "⌉", "rceil urcorner");
        commands(Kind.OPEN, "|", "lvert lVert");
        commands(Kind.CLOSE, "|", "rvert rVert");
        commands(Kind.BAR, "|", "vert Vert");
        commands(Kind.SUCH_THAT, "|", "mid");
        commands(Kind.SUCH_THAT, ":", "colon");
        commands(Kind.CONNECTIVE, "or", "lor vee");
        commands(Kind.SYMBOL, "infinity", "infty");
        commands(Kind.SYMBOL, "∅", "emptyset varnothing");
        commands(Kind.SYMBOL, "e", "exponentialE");
        commands(Kind.SYMBOL, "i", "imaginaryI imaginaryJ imath");
        commands(Kind.SYMBOL, "dots", "ldots dots cdots dotsc dotsb");
        commands(Kind.SYMBOL, "phi", "varphi");
        commands(Kind.SYMBOL, "epsilon", "varepsilon");
        commands(Kind.SYMBOL, "theta", "vartheta");
        commands(Kind.SYMBOL, "rho", "varrho");
        commands(Kind.POSTFIX, "°", "degree textdegree");
        commands(Kind.POSTFIX, "'", "prime");
        words(Kind.SYMBOL, "infinity", "infinity Infinity infty inf oo");
        words(Kind.CONNECTIVE, "and", "and And AND but 且 并且 而且 同时 和 与 及 以及");
        words(Kind.CONNECTIVE, "or", "or Or OR 或 或者 或是");
        words(Kind.INFIX, "choose", "choose");
        words(Kind.POSTFIX, "%", "percent percentage pct Percent percents");
        words(Kind.POSTFIX, "°", "degrees degree Degrees deg 度");
        words(Kind.INFIX, "∪", "cup union");
        words(Kind.RELATION, "∈", "in");
        for (String letter :
                ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau"
                                + " upsilon phi chi psi omega")
                        .split(" ")) {
            WORDS.put(letter, token(Kind.SYMBOL, letter));
        }
    }

    private Vocabulary() {}

    private static void commands(Kind kind, String canonical, String names) {
        for (String name : names.split(" ")) {
            COMMANDS.put(name, token(kind, canonical));
        }
    }

    private static void words(Kind kind, String canonical, String names) {
        for (String name : names.split(" ")) {
            WORDS.put(name, token(kind, canonical));
        }
    }

    private static MathToken token(Kind kind, String text) {
        return new MathToken(kind, text, false, false);
    }

    /** A command that letters follow without a space, as in {@code \cdotx}; empty if the name is none. */
    static String glued(String name) {
        int last = name.length() - 1;
        for (int end = Math.min(last, LONGEST_GLUED); end >= 2; end--) {
            String start = name.substring(0, end);
            boolean letter = GLUED_TO_A_LETTER.contains(start) && end == last;
            if (letter || GLUED.contains(start)) {
                return start;
            }
        }
        return "";
    }

    static boolean isOperator(String name) {
        return COMMANDS.containsKey(name);
    }

    /** The meaning of {@code \name}; a command nobody knows is a symbol of that name. */
    static MathToken command(String name) {
        MathToken known = COMMANDS.get(name);
        return known != null ? known : token(Kind.SYMBOL, name);
    }

    static boolean knowsCommand(String name) {
        return COMMANDS.containsKey(name)
                || SILENT.contains(name)
                || QUOTING.contains(name)
                || DROPPED.contains(name)
                || WORDS.containsKey(name)
                || name.equals("begin")
                || name.equals("end")
                || name.equals("mathbb");
    }

    public static @org.jspecify.annotations.Nullable MathToken word(String word) {
        return WORDS.get(word);
    }
}
