package dev.tempo.chat;

/**
 * A token of a template.
 *
 * @param text plain text, a name, an operator, the value of a text literal, or the digits of a number
 * @param line counted from 1
 */
record TemplateToken(Kind kind, String text, int line) {
    enum Kind {
        DATA,
        EXPRESSION_BEGIN,
        EXPRESSION_END,
        STATEMENT_BEGIN,
        STATEMENT_END,
        NAME,
        TEXT,
        WHOLE,
        DECIMAL,
        OPERATOR,
        END
    }

    String described() {
        return switch (kind) {
            case DATA -> "plain text";
            case EXPRESSION_BEGIN -> "'{{'";
            case EXPRESSION_END -> "'}}'";
            case STATEMENT_BEGIN -> "'{%'";
            case STATEMENT_END -> "'%}'";
            case END -> "the end of the template";
            default -> "'" + text + "'";
        };
    }
}
