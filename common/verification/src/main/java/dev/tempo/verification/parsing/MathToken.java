package dev.tempo.verification.parsing;

/** A token: a lexical unit of an answer in canonical spelling; {@code spaced} tells that white space came before it. */
record MathToken(Kind kind, String text, boolean spaced, boolean quoted) {
    enum Kind {
        NUMBER,
        SYMBOL,
        WORD,
        FUNCTION,
        /** Sum, product, integral, limit. */
        BIG,
        /** Takes arguments in braces: frac, sqrt, binom. */
        COMMAND,
        INFIX,
        POSTFIX,
        SUBSCRIPT,
        RELATION,
        OPEN,
        CLOSE,
        BAR,
        COMMA,
        SEMICOLON,
        /** {@code and}, {@code or} between answers. */
        CONNECTIVE,
        SUCH_THAT,
        BEGIN,
        END,
        CELL,
        ROW
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean is(Kind other, String spelling) {
        return kind == other && text.equals(spelling);
    }
}
