package dev.tempo.verification.parsing;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Node.Word;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Undecidable;
import dev.tempo.verification.expression.Unparsable;
import dev.tempo.verification.form.Simplification;
import dev.tempo.verification.parsing.Frame.Type;
import dev.tempo.verification.parsing.MathToken.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/** An operator-precedence parser with an explicit stack of {@link Frame}s, so nesting costs heap and never call stack. */
public final class Parser {
    static final int MAX_DEPTH = 50_000;

    private final List<MathToken> tokens;
    private final Budget budget;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private int at;

    private Parser(List<MathToken> tokens, Budget budget) {
        this.budget = budget;
        this.tokens = new ArrayList<>(tokens);
    }

    /** The tree of a whole answer: one expression, or a bare {@link Node.Sequence} of several. */
    public static Node parse(String text, Commas commas, Budget budget) {
        return new Parser(MathTokenizer.tokenize(Notation.plain(text), commas, budget), budget).parse();
    }

    private Node parse() {
        push(new Frame(Type.ROOT, ""));
        while (at < tokens.size()) {
            accept(tokens.get(at++));
        }
        while (frames.size() > 1) {
            closeAtEnd();
        }
        Frame root = top();
        root.finishItem();
        return AnswerList.of(root.items, root.separators);
    }

    private void closeAtEnd() {
        Frame frame = top();
        switch (frame.type) {
            case SCRIPTS, ARGUMENTS -> throw new Unparsable("an incomplete command");
            case CELLS -> end();
            default -> close(frame.open.equals("{g") ? "}g" : frame.open);
        }
    }

    private Frame top() {
        return Objects.requireNonNull(frames.peek());
    }

    private void push(Frame frame) {
        if (frames.size() >= MAX_DEPTH) {
            throw new Undecidable("nesting deeper than " + MAX_DEPTH);
        }
        frames.push(frame);
    }

    private void accept(MathToken token) {
        Frame frame = top();
        if (frame.type == Type.SCRIPTS && frame.wanting.isEmpty()) {
            if (token.is(Kind.SUBSCRIPT) || token.is(Kind.INFIX, "^")) {
                frame.wanting = token.text();
                return;
            }
            frames.pop();
            boolean named = token.is(Kind.RELATION) || token.is(Kind.INFIX, ":");
            if (named && top().expecting) {
                top().operand(new Symbol(frame.open), Operator.IMPLICIT);
            } else {
                function(frame);
            }
            accept(token);
            return;
        }
        if (frame.type == Type.SCRIPTS || frame.type == Type.ARGUMENTS) {
            argument(frame, token);
            return;
        }
        switch (token.kind()) {
            case NUMBER -> number(frame, token);
            case SYMBOL -> frame.operand(symbol(frame, token), Operator.IMPLICIT);
            case WORD -> word(frame, token);
            case FUNCTION, BIG -> push(new Frame(Type.SCRIPTS, token.text()));
            case COMMAND -> command(frame, token.text());
            case INFIX -> infix(frame, token.text());
            case POSTFIX -> postfix(frame, token.text());
            case SUBSCRIPT -> new SubscriptParser(tokens, at, budget).attach(frame, next -> at = next);
            case RELATION -> frame.relation(token.text());
            case OPEN -> open(frame, token.text());
            case CLOSE -> close(token.text());
            case BAR -> bar(frame);
            case SUCH_THAT -> suchThat(frame, token.text());
            case COMMA, SEMICOLON, CONNECTIVE -> separate(frame, token);
            case BEGIN -> push(new Frame(Type.CELLS, token.text()));
            case END -> end();
            case CELL -> {
                if (frame.type == Type.CELLS) {
                    frame.finishItem();
                }
            }
            case ROW -> {
                if (frame.type == Type.CELLS) {
                    frame.finishRow();
                } else if (frame.finishItem()) {
                    frame.separators.add(";");
                }
            }
        }
    }

    /** {@code 3\\text{ m}} is a length, 3m a multiple of m. */
    private Node symbol(Frame frame, MathToken token) {
        boolean indexed = at < tokens.size() && tokens.get(at).is(Kind.SUBSCRIPT);
        boolean unit = token.quoted() && !frame.expecting && !indexed && Units.isLetter(token.text());
        return unit ? new Word(token.text(), true) : new Symbol(token.text());
    }

    /** In yx^2 the letters are factors, since the sign behind them belongs to the last one alone. */
    private void word(Frame frame, MathToken token) {
        String text = token.text();
        boolean tight = at < tokens.size()
                && (tokens.get(at).is(Kind.INFIX, "^") || tokens.get(at).is(Kind.SUBSCRIPT));
        if (tight
                && !token.quoted()
                && text.length() <= 3
                && !Units.isUnit(text)
                && Simplification.areVariables(text)) {
            text.chars().forEach(letter -> frame.operand(new Symbol(Character.toString(letter)), Operator.IMPLICIT));
            return;
        }
        frame.operand(new Word(text, token.quoted() || token.spaced() && text.length() > 3), Operator.IMPLICIT);
    }

    private void number(Frame frame, MathToken token) {
        Node number = Literals.read(token.text());
        boolean beside = !frame.expecting
                && frame.literal
                && frame.operand() instanceof Numeral
                && !(frame.operator() != null && frame.operator().is(Operation.POWER));
        if (beside
                && frame.operand() instanceof Numeral whole
                && number instanceof Numeral top
                && at + 1 < tokens.size()
                && tokens.get(at).is(Kind.INFIX, "/")
                && tokens.get(at + 1).is(Kind.NUMBER)
                && Literals.read(tokens.get(at + 1).text()) instanceof Numeral bottom) {
            Numeral mixed = MixedNumber.of(whole, top, bottom);
            if (mixed != null) {
                frame.takeOperand();
                frame.putOperand(mixed);
                at += 2;
                return;
            }
        }
        frame.adjacent |= beside;
        frame.operand(number, Operator.IMPLICIT);
        frame.literal = true;
    }

    private void command(Frame frame, String name) {
        Operator infix = frame.expecting ? null : Operator.infix(name);
        if (infix == null) {
            push(new Frame(Type.ARGUMENTS, name));
        } else {
            frame.infix(infix);
        }
    }

    private void infix(Frame frame, String sign) {
        if (frame.expecting) {
            switch (sign) {
                case "choose" -> push(new Frame(Type.ARGUMENTS, "binom"));
                case "+" -> {}
                case "-" -> frame.prefix(Operator.prefix(Operation.NEGATE));
                case "±" -> frame.prefix(Operator.prefix(Operation.PLUS_MINUS));
                case "∓" -> frame.prefix(Operator.prefix(Operation.MINUS_PLUS));
                default -> throw new Unparsable("'" + sign + "' without left operand");
            }
            return;
        }
        if (frame.holdsInequality() && (sign.equals("∪") || sign.equals("∩"))) {
            separate(
                    frame,
                    new MathToken(Kind.CONNECTIVE, sign.equals("∪") ? AnswerList.OR : AnswerList.AND, true, false));
            return;
        }
        if (sign.equals(":") && frame.isGroup("{")) {
            suchThat(frame, sign);
            return;
        }
        Operator operator = Operator.infix(sign);
        if (operator == null) {
            throw new Unparsable("the operator " + sign);
        }
        frame.infix(operator);
    }

    private void postfix(Frame frame, String sign) {
        switch (sign) {
            case "%" -> frame.postfix(Operation.PERCENT);
            case "°" -> {
                frame.postfix(Operation.DEGREE);
                if (at < tokens.size()
                        && tokens.get(at).is(Kind.SYMBOL)
                        && "CF".contains(tokens.get(at).text())) {
                    at++;
                }
            }
            case "!" -> frame.postfix(Operation.FACTORIAL);
            case "!!" -> {
                if (frame.expecting) {
                    throw new Unparsable("a sign without anything before it");
                }
                frame.putOperand(new Apply(Operation.CALL, "!!", List.of(frame.takeOperand())));
            }
            case "⁺", "⁻" -> {
                if (frame.expecting) {
                    throw new Unparsable("a sign without anything before it");
                }
                frame.putOperand(new Apply(Operation.INDEXED, sign, List.of(frame.takeOperand())));
            }
            default -> {
                if (frame.expecting || !(frame.operand() instanceof Symbol symbol)) {
                    throw new Unparsable("a prime without a name before it");
                }
                frame.takeOperand();
                frame.putOperand(new Symbol(symbol.name() + "'"));
            }
        }
    }

    private void function(Frame scripts) {
        Frame frame = top();
        boolean big = scripts.open.equals("sum")
                || scripts.open.equals("prod")
                || scripts.open.equals("int")
                || scripts.open.equals("lim");
        if (!frame.expecting) {
            frame.infix(Operator.infix(Operation.MULTIPLY, Operator.BEFORE_FUNCTION));
        }
        frame.prefix(new Operator(
                big ? Operation.BIG : Operation.CALL,
                scripts.open,
                !big ? Operator.FUNCTION : scripts.open.equals("int") ? Operator.INTEGRAL : Operator.BIG,
                true,
                List.of(scripts.index, scripts.exponent)));
    }

    private void open(Frame frame, String bracket) {
        if (frame.isGroup("]") && bracket.equals("[") && !frame.expecting) {
            close("[");
            return;
        }
        Frame group = new Frame(Type.GROUP, bracket);
        Operator operator = frame.operator();
        if (frame.expecting && operator != null && operator.is(Operation.CALL) && operator.prefix()) {
            group.argumentOf = operator;
        }
        push(group);
    }

    private void bar(Frame frame) {
        if (frame.isGroup("|") && !frame.expecting) {
            close("|");
        } else if (frame.isGroup("{") && !frame.expecting) {
            suchThat(frame, "|");
        } else {
            open(frame, "|");
        }
    }

    private void suchThat(Frame frame, String sign) {
        if (frame.isGroup("{")) {
            frame.forgetNames();
        } else {
            frame.relation(sign);
        }
    }

    private void separate(Frame frame, MathToken token) {
        if (frame.finishItem()) {
            frame.separators.add(token.text());
        } else if (!frame.separators.isEmpty() && token.is(Kind.CONNECTIVE)) {
            frame.separators.set(frame.separators.size() - 1, token.text());
        }
    }

    private void close(String bracket) {
        Frame frame = top();
        if (frame.type == Type.ROOT && bracket.equals("]") && frame.expecting) {
            push(new Frame(Type.GROUP, "]"));
            return;
        }
        if (frame.type == Type.GROUP && bracket.equals("]") && frame.expecting && frame.items.isEmpty()) {
            push(new Frame(Type.GROUP, "]"));
            return;
        }
        if (frame.type != Type.GROUP || frame.open.equals("{g") != bracket.equals("}g")) {
            throw new Unparsable("a closing bracket without opening one");
        }
        frame.finishItem();
        frames.pop();
        BracketContents.close(frame, bracket, top(), this::deliver);
    }

    private void end() {
        Frame frame = top();
        if (frame.type != Type.CELLS) {
            throw new Unparsable("an \\end without \\begin");
        }
        frame.finishRow();
        frames.pop();
        deliver(BracketContents.matrix(frame));
    }

    private void argument(Frame frame, MathToken token) {
        switch (token.kind()) {
            case OPEN -> {
                boolean index = frame.open.equals("sqrt") && token.text().equals("[");
                frame.wanting = index ? "index" : frame.wanting;
                push(new Frame(Type.GROUP, token.text()));
            }
            case NUMBER -> {
                boolean single = frame.type == Type.ARGUMENTS && !frame.open.equals("sqrt");
                if (single && token.text().length() > 1 && token.text().chars().allMatch(Character::isDigit)) {
                    tokens.set(--at, new MathToken(Kind.NUMBER, token.text().substring(1), false, false));
                    deliver(Literals.read(token.text().substring(0, 1)));
                } else {
                    deliver(Literals.read(token.text()));
                }
            }
            case SYMBOL -> deliver(new Symbol(token.text()));
            case WORD -> {
                String rest = token.text().substring(1);
                if (!rest.isEmpty()) {
                    Kind kind = rest.length() == 1 ? Kind.SYMBOL : Kind.WORD;
                    tokens.set(--at, new MathToken(kind, rest, false, token.quoted()));
                }
                deliver(new Symbol(token.text().substring(0, 1)));
            }
            case COMMAND -> push(new Frame(Type.ARGUMENTS, token.text()));
            case INFIX -> {
                if (!token.text().equals("-") || frame.type != Type.SCRIPTS) {
                    throw new Unparsable("an incomplete command " + frame.open);
                }
                frame.negative = true;
            }
            default -> throw new Unparsable("an incomplete command " + frame.open);
        }
    }

    /** Hands a finished value to the construct around it. */
    private void deliver(Node value) {
        Frame frame = top();
        switch (frame.type) {
            case SCRIPTS -> {
                Node script = frame.negative ? new Apply(Operation.NEGATE, value) : value;
                if (frame.wanting.equals("_")) {
                    frame.index = script;
                } else {
                    frame.exponent = script;
                }
                frame.wanting = "";
                frame.negative = false;
            }
            case ARGUMENTS -> {
                if (frame.wanting.equals("index")) {
                    frame.index = value;
                    frame.wanting = "";
                    return;
                }
                frame.arguments.add(value);
                if (frame.arguments.size() == Vocabulary.ARGUMENTS.getOrDefault(frame.open, 1)) {
                    frames.pop();
                    Node command = BracketContents.command(frame);
                    if (!MixedNumber.join(top(), command)) {
                        deliver(command);
                    }
                }
            }
            default -> frame.operand(value, Operator.IMPLICIT);
        }
    }
}
