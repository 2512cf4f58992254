package dev.tempo.chat;

import dev.tempo.chat.TemplateToken.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A position in a template's tokens that all parsers of the template share. */
final class TokenCursor {
    private final List<TemplateToken> tokens;
    private final Deque<UsedNames> uses = new ArrayDeque<>();
    private int at;

    /** The names that a macro's body reads before it sets them. */
    private record UsedNames(Set<String> read, Set<String> set) {}

    TokenCursor(List<TemplateToken> tokens) {
        this.tokens = tokens;
    }

    TemplateToken token() {
        return tokens.get(at);
    }

    TemplateToken next() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    int line() {
        return token().line();
    }

    /** Consumes the present token and gives it. */
    TemplateToken consume() {
        return tokens.get(at < tokens.size() - 1 ? at++ : at);
    }

    boolean is(Kind kind) {
        return token().kind() == kind;
    }

    boolean isOperator(String operator) {
        return is(Kind.OPERATOR) && token().text().equals(operator);
    }

    boolean isName(String name) {
        return is(Kind.NAME) && token().text().equals(name);
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

    void requireName(String name) {
        if (!skipName(name)) {
            throw unexpected("'" + name + "'");
        }
    }

    void require(Kind kind) {
        if (!is(kind)) {
            throw unexpected(new TemplateToken(kind, "", 0).described());
        }
        consume();
    }

    String name() {
        if (!is(Kind.NAME)) {
            throw unexpected("a name");
        }
        return consume().text();
    }

    MalformedTemplateException unexpected(String expected) {
        return error(token().described() + " stands where " + expected + " is expected");
    }

    MalformedTemplateException error(String message) {
        return new MalformedTemplateException(message, line());
    }

    /** Begins to record which names are read. */
    void rememberNames() {
        uses.push(new UsedNames(new HashSet<>(), new HashSet<>()));
    }

    /** The names that were read before they were set since the last call of {@link #rememberNames}. */
    Set<String> namesRead() {
        return uses.pop().read();
    }

    void reads(String name) {
        uses.forEach(use -> {
            if (!use.set().contains(name)) {
                use.read().add(name);
            }
        });
    }

    void sets(String name) {
        uses.forEach(use -> use.set().add(name));
    }
}
