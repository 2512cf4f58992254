package dev.tempo.model.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.scripts.Script;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the methods which the exported Python programs call exist in the scripts. No Python is needed. */
class ScriptCallsTest {
    private static final Path PROGRAMS = Path.of("src/main/resources/dev/tempo/model/export");
    private static final Pattern METHOD = Pattern.compile("(?m)^  def (\\w+)\\(");
    /**
     * A place in Python where a script's attribute is read. An attribute that is read but not called there could be called
     * under another name.
     */
    private static final Pattern CALL = Pattern.compile("\\bscript\\.(\\w+)(\\(?)");

    @ParameterizedTest
    @MethodSource("dev.tempo.model.TinyModel#configs")
    void programsCallMethodsThatScriptsHaveWithAllTheirArguments(ModelConfig config) throws IOException {
        Map<String, Integer> methods = methods(methods(Script.archive(config)));
        List<String> called = new ArrayList<>();
        for (String source : ScriptExport.SOURCES) {
            String program = Files.readString(PROGRAMS.resolve(source));
            assertThat(problems(program, methods)).as(source).isEmpty();
            CALL.matcher(program).results().forEach(call -> called.add(call.group(1)));
        }
        assertThat(called).contains("prefill", "decode", "begin", "log_probs", "policy_step", "policy_gradient");
    }

    @Test
    void aCallThatNoScriptAnswersIsFound() {
        Map<String, Integer> methods =
                methods("  def both(self: __torch__.M, x: Tensor, rows: List[Tensor]) -> Tensor:\n    return x\n"
                        + "  def none(self: __torch__.M) -> int:\n    return 1\n");
        assertThat(methods).containsExactlyInAnyOrderEntriesOf(Map.of("both", 2, "none", 0));
        assertThat(problems(
                        "m.script.both(a[0, 1], f(b, '),('))\nscript.both(a,\n     {c: d},\n)\nscript.none()", methods))
                .isEmpty();
        assertThat(problems(
                        "script.both(a)\nscript.both(a, b, c)\nscript.gone(a)\nscript.none(a)\nf(*script.both)\nscript.both(*a, b)",
                        methods))
                .containsExactly(
                        "both is called with 1 arguments and has 2: script.both(a)",
                        "both is called with 3 arguments and has 2: script.both(a, b, c)",
                        "no script has gone: script.gone(a)",
                        "none is called with 1 arguments and has 0: script.none(a)",
                        "both is not called where it is taken",
                        "arguments cannot be counted: script.both(*a, b)");
    }

    private static List<String> problems(String program, Map<String, Integer> methods) {
        List<String> problems = new ArrayList<>();
        Matcher call = CALL.matcher(program);
        while (call.find()) {
            String name = call.group(1);
            if (call.group(2).isEmpty()) {
                problems.add(name + " is not called where it is taken");
                continue;
            }
            List<String> arguments = arguments(program, call.end());
            String text = "script." + name + "(" + String.join(", ", arguments) + ")";
            Integer count = methods.get(name);
            if (count == null) {
                problems.add("no script has " + name + ": " + text);
            } else if (arguments.stream().anyMatch(argument -> argument.startsWith("*"))) {
                problems.add("arguments cannot be counted: " + text);
            } else if (arguments.size() != count) {
                problems.add(
                        name + " is called with " + arguments.size() + " arguments and has " + count + ": " + text);
            }
        }
        return problems;
    }

    /** The text of a script archive's methods, with the sources of a family joined. */
    private static String methods(byte[] archive) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith("__torch__.py")) {
                    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        throw new IllegalArgumentException("the archive has no methods");
    }

    /** The number of arguments that each method takes besides self. */
    private static Map<String, Integer> methods(String script) {
        Map<String, Integer> methods = new TreeMap<>();
        Matcher method = METHOD.matcher(script);
        while (method.find()) {
            methods.put(method.group(1), arguments(script, method.end()).size() - 1);
        }
        return methods;
    }

    /** The arguments of a call: the texts between commas from an opening parenthesis to its closing one. */
    private static List<String> arguments(String text, int from) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int begin = from;
        for (int at = from; ; at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                at = text.indexOf(c, at + 1);
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (depth > 0 && ")]}".indexOf(c) >= 0) {
                depth--;
            } else if (depth == 0 && (c == ',' || c == ')')) {
                String argument = text.substring(begin, at).strip();
                if (!argument.isEmpty()) {
                    arguments.add(argument);
                }
                begin = at + 1;
                if (c == ')') {
                    return arguments;
                }
            }
        }
    }
}
