package dev.tempo.model.chat;

import dev.tempo.model.chat.ExpressionTokens.Kind;
import dev.tempo.model.chat.ExpressionTokens.Token;
import java.util.List;

/** Where the parser of an expression stands. */
final class TokenCursor {
    private final List<Token> tokens;
    private int at;

    TokenCursor(String source) {
        this.tokens = ExpressionTokens.of(source);
    }

    Token token() {
        return tokens.get(at);
    }

    Token next() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    boolean atEnd() {
        return token().kind() == Kind.END;
    }

    /** The present token; stands on the next one afterwards. */
    Token consume() {
        return tokens.get(at < tokens.size() - 1 ? at++ : at);
    }

    boolean isOperator(String operator) {
        return token().kind() == Kind.OPERATOR && token().text().equals(operator);
    }

    boolean isName(String name) {
        return token().kind() == Kind.NAME && token().text().equals(name);
    }

    boolean skip(String operator) {
        return isOperator(operator) && skipOne();
    }

    boolean skipName(String name) {
        return isName(name) && skipOne();
    }

    private boolean skipOne() {
        at++;
        return true;
    }

    void require(String operator) {
        if (!skip(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    String name() {
        if (token().kind() != Kind.NAME) {
            throw unexpected("a name");
        }
        return consume().text();
    }

    /** @throws IllegalArgumentException if anything is left */
    void requireEnd() {
        if (!atEnd()) {
            throw unexpected("the end");
        }
    }

    IllegalArgumentException unexpected(String expected) {
        String found = atEnd() ? "the expression ends" : "'" + token().text() + "' stands";
        return new IllegalArgumentException(found + " where " + expected + " is expected");
    }
}
