package dev.tempo.verification.parsing;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Undecidable;
import dev.tempo.verification.expression.Unparsable;
import dev.tempo.verification.parsing.MathToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A tokenizer, which cuts LaTeX or plain text into tokens in one pass. Backslashes doubled by a careless JSON encoder
 * are read as single ones where a known command follows.
 */
final class MathTokenizer {
    static final int MAX_TOKENS = 120_000;
    static final int MAX_CHARACTERS = 2_000_000;

    private final String text;
    private final NumberScanner numbers;
    private final Budget budget;
    private final List<MathToken> tokens = new ArrayList<>();
    /** One entry for each open brace: whether it is a group rather than the braces of {@code \text}. */
    private final Deque<Boolean> braces = new ArrayDeque<>();

    private int at;
    private int brackets;
    private int quoting;
    private int layouts;
    private boolean spaced;

    private MathTokenizer(String text, Commas commas, Budget budget) {
        this.text = text;
        this.numbers = new NumberScanner(text, commas);
        this.budget = budget;
    }

    static List<MathToken> tokenize(String text, Commas commas, Budget budget) {
        if (text.length() > MAX_CHARACTERS) {
            throw new Undecidable("an expression of " + text.length() + " characters");
        }
        MathTokenizer tokenizer = new MathTokenizer(UnicodeForms.normalize(text), commas, budget);
        while (tokenizer.at < tokenizer.text.length()) {
            tokenizer.next();
        }
        return tokenizer.tokens;
    }

    private void emit(Kind kind, String spelling) {
        if (tokens.size() >= MAX_TOKENS) {
            throw new Undecidable("more than " + MAX_TOKENS + " tokens");
        }
        budget.charge(1);
        tokens.add(new MathToken(kind, spelling, spaced, quoting > 0));
        spaced = false;
        if (kind == Kind.OPEN && !spelling.equals("{g")) {
            brackets++;
        } else if (kind == Kind.CLOSE && !spelling.equals("}g")) {
            brackets--;
        }
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    private void next() {
        char character = text.charAt(at);
        if (Character.isWhitespace(character)) {
            space(character);
        } else if (numbers.startsAt(at)) {
            String number = numbers.scan(at, brackets <= 0);
            at = numbers.end();
            emit(Kind.NUMBER, number);
        } else if (character == '\\') {
            backslashes();
        } else if (Character.isLetter(character)) {
            letters();
        } else {
            at++;
            sign(character);
        }
    }

    /** Numbers on lines of their own are several, never one mixed number. */
    private void space(char character) {
        spaced = true;
        at++;
        boolean digit = peek(0) >= '0' && peek(0) <= '9';
        if (character == '\n'
                && digit
                && !tokens.isEmpty()
                && tokens.get(tokens.size() - 1).is(Kind.NUMBER)) {
            emit(Kind.SEMICOLON, ";");
        }
    }

    private void sign(char character) {
        switch (character) {
            case '$', '~', '`', '"', '#', '€', '£', '¥', '₹', '\u0000' -> {}
            case '{' -> {
                braces.push(true);
                emit(Kind.OPEN, "{g");
            }
            case '}' -> closeBrace();
            case '(', '[' -> emit(Kind.OPEN, String.valueOf(character));
            case ')', ']' -> emit(Kind.CLOSE, String.valueOf(character));
            case '|' -> emit(Kind.BAR, "|");
            case '&' -> emit(Kind.CELL, "&");
            case ',' -> emit(Kind.COMMA, ",");
            case ';' -> emit(Kind.SEMICOLON, ";");
            case '^' -> power();
            case '_' -> emit(Kind.SUBSCRIPT, "_");
            case '*' -> {
                boolean twice = peek(0) == '*';
                at += twice ? 1 : 0;
                emit(Kind.INFIX, twice ? "^" : "*");
            }
            case '+' -> {
                boolean minus = peek(0) == '/' && peek(1) == '-' || peek(0) == '-' && peek(1) == ' ';
                if (minus && peek(0) == '/') {
                    at += 2;
                    emit(Kind.INFIX, "±");
                } else {
                    emit(Kind.INFIX, "+");
                }
            }
            case '-' -> relationOr(Kind.INFIX, "-", '>', "→");
            case '/' -> emit(Kind.INFIX, "/");
            case ':' -> relationOr(Kind.INFIX, ":", '=', "=");
            case '!' -> {
                boolean twice = peek(0) == '!';
                at += twice ? 1 : 0;
                relationOr(Kind.POSTFIX, twice ? "!!" : "!", '=', "≠");
            }
            case '%' -> emit(Kind.POSTFIX, "%");
            case '\'' -> emit(Kind.POSTFIX, "'");
            case '<' -> relationOr(Kind.RELATION, "<", '=', "≤");
            case '>' -> relationOr(Kind.RELATION, ">", '=', "≥");
            case '=' -> {
                if (peek(0) == '=') {
                    at++;
                }
                relationOr(Kind.RELATION, "=", '>', "→");
            }
            case '.' -> period();
            default -> throw new Unparsable("the character '" + character + "'");
        }
    }

    private void relationOr(Kind kind, String single, char second, String pair) {
        if (peek(0) == second) {
            at++;
            emit(Kind.RELATION, pair);
        } else {
            emit(kind, single);
        }
    }

    private void period() {
        if (peek(0) == '.' && peek(1) == '.') {
            at += 2;
            emit(Kind.SYMBOL, "dots");
        }
    }

    private void closeBrace() {
        if (braces.isEmpty() || braces.pop()) {
            emit(Kind.CLOSE, "}g");
        } else {
            quoting--;
            spaced = true;
        }
    }

    /** {@code ^\circ} in its spellings is the degree sign, any other {@code ^} is a power. */
    private void power() {
        int ahead = 0;
        while (peek(ahead) == ' ' || peek(ahead) == '{' || peek(ahead) == '\\') {
            ahead++;
        }
        if ((peek(ahead) == '+' || peek(ahead) == '-') && isOneSided(ahead)) {
            String sign = peek(ahead) == '+' ? "⁺" : "⁻";
            boolean braced = ahead > 0 && peek(ahead - 1) == '{';
            at += ahead + (braced ? 2 : 1);
            emit(Kind.POSTFIX, sign);
            return;
        }
        boolean circle = text.startsWith("circ", at + ahead) && !Character.isLetter(peek(ahead + 4));
        boolean prime = text.startsWith("prime", at + ahead) && !Character.isLetter(peek(ahead + 5));
        if (!circle && !prime) {
            emit(Kind.INFIX, "^");
            return;
        }
        boolean braced = text.substring(at, at + ahead).indexOf('{') >= 0;
        at += ahead + (circle ? 4 : 5);
        while (peek(0) == ' ') {
            at++;
        }
        if (braced && peek(0) == '}') {
            at++;
        }
        emit(Kind.POSTFIX, circle ? "°" : "'");
    }

    /** A sign that stands alone in an exponent, as in {@code x \to 3^+}. */
    private boolean isOneSided(int ahead) {
        char next = peek(ahead + 1);
        boolean braced = ahead > 0 && peek(ahead - 1) == '{';
        return braced ? next == '}' : ahead == 0 && (next == '\0' || next == '}' || next == ')' || next == '$');
    }

    private void letters() {
        int start = at;
        boolean eastern = Lookahead.isEastern(text.charAt(at));
        while (at < text.length()
                && Character.isLetter(text.charAt(at))
                && Lookahead.isEastern(text.charAt(at)) == eastern) {
            at++;
        }
        String run = text.substring(start, at);
        if (run.equalsIgnoreCase("x") && isBetweenNumbers()) {
            emit(Kind.INFIX, "*");
            return;
        }
        if (run.length() == 1 && run.charAt(0) < 128) {
            emit(Kind.SYMBOL, run);
            return;
        }
        if (Vocabulary.FILLERS.contains(run)) {
            spaced = true;
            return;
        }
        MathToken known = Vocabulary.word(run);
        boolean afterSymbol = !tokens.isEmpty() && tokens.get(tokens.size() - 1).is(Kind.SYMBOL);
        if (known != null
                && (!known.is(Kind.RELATION) || quoting == 0 && afterSymbol)
                && (quoting == 0 || !known.is(Kind.INFIX) || run.equals("choose"))
                && (!run.equals("choose")
                        || !tokens.isEmpty() && tokens.get(tokens.size() - 1).is(Kind.NUMBER))) {
            emit(known.kind(), known.text());
            return;
        }
        for (String glued : new String[] {"or", "and", "sqrt", "sin", "cos", "tan", "log", "ln"}) {
            if (quoting == 0 && run.length() == glued.length() + 1 && run.startsWith(glued) && !run.equals("logs")) {
                boolean connective = glued.length() < 4 && (glued.equals("or") || glued.equals("and"));
                if (connective && !Character.isUpperCase(run.charAt(glued.length()))) {
                    continue;
                }
                at = start + glued.length();
                MathToken word = java.util.Objects.requireNonNull(Vocabulary.word(glued));
                emit(word.kind(), word.text());
                return;
            }
        }
        emit(Kind.WORD, run);
    }

    /** {@code 4 x 10^2}: nobody writes a variable in front of a number. */
    private boolean isBetweenNumbers() {
        return Lookahead.isNumber(text, at)
                && !tokens.isEmpty()
                && tokens.get(tokens.size() - 1).is(Kind.NUMBER);
    }

    private void backslashes() {
        int count = 0;
        while (peek(count) == '\\') {
            count++;
        }
        int nameEnd = at + count;
        while (nameEnd < text.length() && isAsciiLetter(text.charAt(nameEnd))) {
            nameEnd++;
        }
        String name = text.substring(at + count, nameEnd);
        boolean doubledCommand = count % 2 == 0 && name.length() > 1 && Vocabulary.knowsCommand(name);
        if (count >= 4 || count == 3 || count == 2 && !doubledCommand) {
            boolean plain = count % 2 == 0 && name.isEmpty();
            if (plain) {
                at += count;
                rowSpacing();
            }
            if (layouts == 0 || !plain || !Lookahead.continuesEquation(text, at)) {
                emit(Kind.ROW, "\\\\");
            }
            if (plain) {
                return;
            }
        }
        at += count;
        if (count % 2 == 0 && !doubledCommand) {
            return;
        }
        if (name.isEmpty()) {
            escaped();
        } else {
            at = nameEnd;
            command(name);
        }
    }

    /** {@code \\\\[1ex]} moves the next row down and says nothing. */
    private void rowSpacing() {
        int ahead = 1;
        while (peek(ahead) >= '0' && peek(ahead) <= '9' || peek(ahead) == '.') {
            ahead++;
        }
        int unit = ahead;
        while (isAsciiLetter(peek(ahead))) {
            ahead++;
        }
        if (peek(0) == '[' && unit > 1 && ahead == unit + 2 && peek(ahead) == ']') {
            at += ahead + 1;
        }
    }

    private void escaped() {
        if (at >= text.length()) {
            return;
        }
        char character = text.charAt(at++);
        switch (character) {
            case '{' -> emit(Kind.OPEN, "{");
            case '}' -> emit(Kind.CLOSE, "}");
            case '|' -> emit(Kind.BAR, "|");
            case '%' -> emit(Kind.POSTFIX, "%");
            case '&' -> emit(Kind.CONNECTIVE, "and");
            case '_', '^', '\'', '-' -> {}
            default -> spaced = true;
        }
    }

    /** The name in the braces ahead, if a plain one is there. */
    private String operator() {
        int end = peek(0) == '{' ? Lookahead.closingBrace(text, at) : -1;
        return end < 0 ? "" : text.substring(at + 1, end);
    }

    private void command(String name) {
        if (Vocabulary.QUOTING.contains(name) && !(name.equals("operatorname") && Vocabulary.isOperator(operator()))) {
            skipSpaces();
            if (peek(0) == '{') {
                at++;
                braces.push(false);
                quoting++;
                spaced = true;
            }
        } else if (Vocabulary.SILENT.contains(name)) {
            skipSpaces();
            if (name.equals("bbox")) {
                at = Lookahead.behindOptional(text, at);
            }
            if ((name.endsWith("left") || name.endsWith("right")) && peek(0) == '.') {
                at++;
            } else if (name.endsWith("left") && peek(0) == '|') {
                at++;
                emit(Kind.OPEN, "|");
            } else if (name.endsWith("right") && peek(0) == '|') {
                at++;
                emit(Kind.CLOSE, "|");
            }
        } else if (Vocabulary.DROPPED.contains(name)) {
            at = Lookahead.behindOptional(text, at);
            argument();
            if (Vocabulary.DROPPED_WITH_TWO.contains(name)) {
                argument();
            }
            if (name.equals("definecolor")) {
                argument();
            }
        } else if (name.equals("begin") || name.equals("end")) {
            environment(name.equals("begin"));
        } else if (name.equals("operatorname") && Vocabulary.isOperator(operator())) {
            command(argument());
        } else if (name.equals("mathbb")) {
            emit(Kind.SYMBOL, "ℝ".equals(argument()) ? "ℝ" : "mathbb" + lastArgument);
        } else if (name.equals("not")) {
            skipSpaces();
            boolean equals = peek(0) == '=';
            at += equals ? 1 : text.startsWith("\\in", at) ? 3 : 0;
            emit(Kind.RELATION, equals ? "≠" : "∉");
        } else {
            String known = Vocabulary.knowsCommand(name) ? "" : Vocabulary.glued(name);
            if (!known.isEmpty()) {
                at -= name.length() - known.length();
                command(known);
                return;
            }
            MathToken meaning = Vocabulary.command(name);
            emit(meaning.kind(), meaning.text());
        }
    }

    private String lastArgument = "";

    private String argument() {
        skipSpaces();
        int end = peek(0) == '{' ? Lookahead.closingBrace(text, at) : at;
        lastArgument = end < 0 ? "" : text.substring(Math.min(at + (peek(0) == '{' ? 1 : 0), end), end);
        if (peek(0) != '{' && at < text.length()) {
            lastArgument = text.substring(at, at + 1);
        }
        at = Math.min(text.length(), (end < 0 ? at : end) + 1);
        return lastArgument;
    }

    private void environment(boolean begin) {
        String name = argument().replace("*", "");
        if (begin && name.equals("array")) {
            argument();
        }
        if (Vocabulary.LAYOUTS.contains(name)) {
            layouts += begin ? 1 : -1;
            if (begin && name.endsWith("at")) {
                argument();
            }
        } else {
            emit(begin ? Kind.BEGIN : Kind.END, name);
        }
    }

    private void skipSpaces() {
        while (peek(0) == ' ') {
            at++;
        }
    }

    private static boolean isAsciiLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }
}
