package dev.tempo.verification.expression;

/** The operation of an inner node of an expression on its operands. */
public enum Operation {
    ADD,
    MULTIPLY,
    DIVIDE,
    POWER,
    NEGATE,
    PLUS_MINUS,
    MINUS_PLUS,
    FACTORIAL,
    PERCENT,
    DEGREE,
    ABSOLUTE,
    /** Radicand and index. */
    ROOT,
    /** Parts of a proportion, as in 7:32. */
    RATIO,
    /** A named function of its operands. */
    CALL,
    /** A symbol indexed by an expression, as in F_{n-k}. */
    INDEXED,
    /** Sum, product, integral or limit: lower bound, upper bound, body. */
    BIG,
    UNION,
    INTERSECTION,
    DIFFERENCE
}
