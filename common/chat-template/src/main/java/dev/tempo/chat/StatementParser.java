package dev.tempo.chat;

import dev.tempo.chat.TemplateToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A parser of a template's statements. */
final class StatementParser {
    private static final Set<String> INHERITANCE =
            Set.of("extends", "block", "include", "import", "from", "autoescape");
    private static final Set<String> CONSTANTS = Set.of("true", "True", "false", "False", "none", "None");

    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private int loops;

    private StatementParser(String source) {
        this.cursor = new TokenCursor(TemplateTokens.of(source));
        this.expressions = new ExpressionParser(cursor);
    }

    /**
     * The statements of a template.
     *
     * @throws MalformedTemplateException naming the line, if the source is no template
     */
    static Body parse(String source) {
        StatementParser parser = new StatementParser(source);
        return parser.statements(List.of(), "", 1);
    }

    /** Parses statements up to one of the ends, whose name is the present token afterwards. */
    private Body statements(List<String> ends, String statement, int begin) {
        List<Statement> statements = new ArrayList<>();
        while (true) {
            switch (cursor.token().kind()) {
                case DATA -> statements.add(new Statements.Data(cursor.consume().text()));
                case EXPRESSION_BEGIN -> {
                    int line = cursor.next().line();
                    cursor.consume();
                    statements.add(new Statements.Print(expressions.tuple(true), line));
                    cursor.require(Kind.EXPRESSION_END);
                }
                case STATEMENT_BEGIN -> {
                    cursor.consume();
                    if (cursor.is(Kind.NAME) && ends.contains(cursor.token().text())) {
                        return new Body(statements);
                    }
                    statements.add(statement());
                    cursor.require(Kind.STATEMENT_END);
                }
                default -> {
                    if (ends.isEmpty()) {
                        return new Body(statements);
                    }
                    throw new MalformedTemplateException(
                            "'" + statement + "' has no '" + ends.get(ends.size() - 1) + "'", begin);
                }
            }
        }
    }

    /**
     * Parses the body of a statement whose first tag ends here. The present token afterwards is the one behind the end's
     * name.
     */
    private Body body(String statement, int begin) {
        Body body = body(statement, begin, List.of("end" + statement));
        cursor.consume();
        return body;
    }

    private Body body(String statement, int begin, List<String> ends) {
        cursor.skip(":");
        cursor.require(Kind.STATEMENT_END);
        return statements(ends, statement, begin);
    }

    private Statement statement() {
        int line = cursor.line();
        String name = cursor.name();
        return switch (name) {
            case "set" -> assignment(line);
            case "if" -> condition(line);
            case "for" -> loop(line);
            case "macro" -> macro(line);
            case "call" -> call(line);
            case "filter" -> filter(line);
            case "with" -> with(line);
            case "print" -> print(line);
            case "generation" -> generation(line);
            case "break" -> interruption(Statement.Flow.BREAK, name, line);
            case "continue" -> interruption(Statement.Flow.CONTINUE, name, line);
            default -> {
                String reason = INHERITANCE.contains(name)
                        ? "'" + name + "' is not supported: a chat template stands alone"
                        : "there is no statement '" + name + "'";
                throw new MalformedTemplateException(reason, line);
            }
        };
    }

    private Statement interruption(Statement.Flow flow, String name, int line) {
        if (loops == 0) {
            throw new MalformedTemplateException("'" + name + "' stands in no loop", line);
        }
        return new Statements.Interruption(flow);
    }

    private Statement assignment(int line) {
        Target target = targets(true);
        if (cursor.skip("=")) {
            return new Statements.Assignment(target, expressions.tuple(true), line);
        }
        FilterChain chain = expressions.operands().filters();
        return new Statements.AssignedBlock(target, chain, body("set", line), line);
    }

    private Target targets(boolean withNamespace) {
        Target first = target(withNamespace);
        if (!cursor.isOperator(",")) {
            return first;
        }
        List<Target> all = new ArrayList<>(List.of(first));
        while (cursor.skip(",")) {
            if (!cursor.is(Kind.NAME) && !cursor.isOperator("(") || cursor.isName("in")) {
                break;
            }
            all.add(target(withNamespace));
        }
        return new Target.Several(all);
    }

    private Target target(boolean withNamespace) {
        if (cursor.skip("(")) {
            Target inside = targets(false);
            cursor.require(")");
            return inside;
        }
        String name = variable();
        if (withNamespace && cursor.skip(".")) {
            cursor.reads(name);
            return new Target.Attribute(name, cursor.name());
        }
        cursor.sets(name);
        return new Target.Name(name);
    }

    private String variable() {
        if (cursor.is(Kind.NAME) && CONSTANTS.contains(cursor.token().text())) {
            throw cursor.error("'" + cursor.token().text() + "' cannot be set");
        } else if (cursor.isName("loop") && loops > 0) {
            throw cursor.error("'loop' cannot be set within a loop");
        }
        return cursor.name();
    }

    private Statement condition(int line) {
        Expression test = expressions.tuple(false);
        List<String> ends = List.of("elif", "else", "endif");
        Body body = body("if", line, ends);
        List<Statements.Condition> others = new ArrayList<>();
        while (cursor.isName("elif")) {
            int otherLine = cursor.line();
            cursor.consume();
            Expression other = expressions.tuple(false);
            others.add(new Statements.Condition(other, body("if", line, ends), List.of(), Body.EMPTY, otherLine));
        }
        Body otherwise = Body.EMPTY;
        if (cursor.skipName("else")) {
            otherwise = body("if", line, List.of("endif"));
        }
        cursor.requireName("endif");
        return new Statements.Condition(test, body, others, otherwise, line);
    }

    private Statement loop(int line) {
        loops++;
        Target target = targets(false);
        cursor.requireName("in");
        loops--;
        Expression items = expressions.tuple(false);
        Expression test = cursor.skipName("if") ? expressions.expression() : null;
        boolean recursive = cursor.skipName("recursive");
        loops++;
        Body body = body("for", line, List.of("else", "endfor"));
        loops--;
        int outerLoops = loops;
        loops = recursive ? 0 : loops;
        Body otherwise = Body.EMPTY;
        if (cursor.skipName("else")) {
            otherwise = body("for", line, List.of("endfor"));
        }
        loops = outerLoops;
        cursor.requireName("endfor");
        return new LoopStatement(target, items, test, recursive, body, otherwise, line);
    }

    private Statement macro(int line) {
        String name = variable();
        cursor.sets(name);
        Signature signature = signature();
        cursor.rememberNames();
        return new MacroStatement(name, definition(name, signature, "macro", line));
    }

    private Macro.Definition definition(@Nullable String name, Signature signature, String statement, int line) {
        int outerLoops = loops;
        loops = 0;
        Body body = body(statement, line);
        loops = outerLoops;
        List<String> read = List.copyOf(cursor.namesRead());
        int caller = signature.parameters().indexOf("caller");
        boolean withDefault =
                caller >= signature.parameters().size() - signature.defaults().size();
        if (caller >= 0 && read.contains("caller") && !withDefault) {
            throw new MalformedTemplateException("a parameter 'caller' needs a default", line);
        }
        return new Macro.Definition(name, signature.parameters(), signature.defaults(), body, read);
    }

    /** The parameters of a macro, and the default values of the last of them. */
    private record Signature(List<String> parameters, List<Expression> defaults) {}

    private Signature signature() {
        List<String> parameters = new ArrayList<>();
        List<Expression> defaults = new ArrayList<>();
        cursor.require("(");
        while (!cursor.skip(")")) {
            if (!parameters.isEmpty()) {
                cursor.require(",");
            }
            String parameter = variable();
            if (parameters.contains(parameter)) {
                throw cursor.error("the parameter '" + parameter + "' stands twice");
            }
            cursor.sets(parameter);
            if (cursor.skip("=")) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                throw cursor.error("a parameter without default stands behind one that has one");
            }
            parameters.add(parameter);
        }
        return new Signature(parameters, defaults);
    }

    private Statement call(int line) {
        Signature signature = cursor.isOperator("(") ? signature() : new Signature(List.of(), List.of());
        if (!(expressions.expression() instanceof CallExpression call)) {
            throw new MalformedTemplateException("'call' stands before something that is no call", line);
        }
        cursor.rememberNames();
        return new CallStatement(call, definition(null, signature, "call", line), line);
    }

    private Statement filter(int line) {
        List<FilterChain.AppliedFilter> filters =
                new ArrayList<>(List.of(expressions.operands().filter()));
        filters.addAll(expressions.operands().filters().filters());
        return new Statements.FilteredBlock(new FilterChain(filters), body("filter", line), line);
    }

    private Statement with(int line) {
        List<Target> targets = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!cursor.is(Kind.STATEMENT_END) && !cursor.isOperator(":")) {
            if (!targets.isEmpty()) {
                cursor.require(",");
            }
            targets.add(targets(false));
            cursor.require("=");
            values.add(expressions.expression());
        }
        return new Statements.With(targets, values, body("with", line), line);
    }

    private Statement print(int line) {
        List<Statement> values = new ArrayList<>();
        while (!cursor.is(Kind.STATEMENT_END)) {
            if (!values.isEmpty()) {
                cursor.require(",");
            }
            values.add(new Statements.Print(expressions.expression(), line));
        }
        return new Body(values);
    }

    /** Parses a block that transformers marks as what the model wrote itself: a block with names of its own. */
    private Statement generation(int line) {
        cursor.rememberNames();
        Macro.Definition words = definition(null, new Signature(List.of(), List.of()), "generation", line);
        return new GenerationStatement(words);
    }
}
