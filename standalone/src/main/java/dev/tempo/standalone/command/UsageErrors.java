package dev.tempo.standalone.command;

import dev.tempo.recipes.naming.NearestNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command line that is not understood: one line that says what is wrong, and one where to read more. */
public final class UsageErrors implements CommandLine.IParameterExceptionHandler {
    private static final int SHOWN = 3;

    @Override
    public int handleParseException(CommandLine.ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        boolean whole = !command.getSubcommands().isEmpty();
        if (arguments.length == 0) {
            command.usage(command.getErr());
            return CommandLine.ExitCode.USAGE;
        }
        command.getErr().println(command.getColorScheme().errorText("tempo: " + text(problem, whole)));
        command.getErr().println("./" + command.getCommandSpec().qualifiedName() + " --help says what can be written");
        return CommandLine.ExitCode.USAGE;
    }

    private static String text(CommandLine.ParameterException problem, boolean whole) {
        if (problem instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched.getUnmatched().get(0), problem.getCommandLine(), whole);
        }
        ArgSpec argument = problem.getArgSpec();
        if (problem instanceof CommandLine.OverwrittenOptionException && argument instanceof OptionSpec twice) {
            return twice.longestName() + " is given twice";
        }
        if (argument != null && problem.getValue() != null) {
            String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            return name + " must be " + wanted(argument.type()) + " but is '" + problem.getValue() + "'";
        }
        return String.valueOf(problem.getMessage());
    }

    private static String unmatched(String written, CommandLine command, boolean whole) {
        List<String> names = new ArrayList<>();
        boolean option = written.startsWith("-");
        if (option) {
            command.getCommandSpec().options().forEach(known -> names.addAll(Arrays.asList(known.names())));
        } else if (whole) {
            names.addAll(command.getSubcommands().keySet());
        }
        String name = written.contains("=") ? written.substring(0, written.indexOf('=')) : written;
        List<String> near = NearestNames.to(name, names, SHOWN);
        String what = option
                ? "there is no option " + name
                : whole ? "there is no command '" + written + "'" : "'" + written + "' is one argument too many";
        return what + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?");
    }

    private static String wanted(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "));
        }
        if (type == double.class || type == Double.class) {
            return "a number";
        }
        return type == long.class || type == Long.class || type == int.class || type == Integer.class
                ? "a whole number"
                : "a path";
    }
}
