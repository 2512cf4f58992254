package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** Every {@code ./tempo} command that a document shows is one that the program understands: command, options, arguments. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern INLINE = Pattern.compile("`[^`\n]*?\\./tempo( [^`\n)]*)?\\)?`");
    private static final Pattern LINE = Pattern.compile("(?m)^\\$? *(?:[A-Z_]+=\\S+ )*\\./tempo( .*)?$");
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");

    @TestFactory
    Stream<DynamicTest> everyCommandInADocumentIsUnderstood() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            String text = Files.readString(document).replaceAll(" *\\\\\n *", " ");
            String name = ROOT.relativize(document) + ": ./tempo ";
            for (String command : commands(LINE, text)) {
                tests.add(DynamicTest.dynamicTest(name + command, () -> parse(command)));
            }
            for (String command : commands(INLINE, text)) {
                tests.add(DynamicTest.dynamicTest(name + command, () -> parseAMention(command)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(50);
        return tests.stream();
    }

    /** Options that choose a device do so for the whole process, which has other tests to run. */
    private static void parse(String command) {
        Properties before = (Properties) System.getProperties().clone();
        try {
            Tempo.commandLine().parseArgs(arguments(command));
        } finally {
            System.setProperties(before);
        }
    }

    /** Running text that names a command or an option may leave the rest to the reader. */
    private static void parseAMention(String command) {
        try {
            parse(command);
        } catch (CommandLine.MissingParameterException left) {
            assertThat(left.getMissing()).isNotEmpty();
        }
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|runs|node_modules)/.*"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> commands(Pattern pattern, String text) {
        List<String> commands = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String arguments = matcher.group(1);
            commands.add(
                    arguments == null ? "" : arguments.replaceAll("\\s#.*", "").strip());
        }
        return commands;
    }

    /** As a reader would fill it in: optional parts kept, the first of alternatives, something for each placeholder. */
    private static String[] arguments(String command) {
        List<String> arguments = new ArrayList<>();
        Matcher words = WORD.matcher(command.replaceAll("\\$\\(.*?\\)", "x").replaceAll("< \\S+|[\\[\\]]", ""));
        while (words.find()) {
            String word = words.group().replaceAll("^\"|\"$", "").replaceAll("\\|.*", "");
            if (word.matches("N|GB")) {
                arguments.add("1");
            } else if (word.matches("[.…]+")) {
                if (endsInAnOption(arguments)) {
                    arguments.add("x");
                }
            } else {
                arguments.add(word);
            }
        }
        return arguments.toArray(String[]::new);
    }

    private static boolean endsInAnOption(List<String> arguments) {
        return !arguments.isEmpty() && arguments.get(arguments.size() - 1).startsWith("--");
    }
}
