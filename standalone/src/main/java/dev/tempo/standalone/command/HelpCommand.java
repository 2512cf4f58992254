package dev.tempo.standalone.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo help}: what {@code --help} says. */
@Command(
        name = "help",
        mixinStandardHelpOptions = true,
        description = {"Explains a command, or lists all of them.", "It says what ./tempo COMMAND --help says.", ""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:The command is explained.", "2:There is no such command."},
        footerHeading = "%nExamples:%n",
        footer = {"  ./tempo help", "  ./tempo help run"})
public final class HelpCommand implements Runnable {

    @Parameters(
            arity = "0..1",
            paramLabel = "COMMAND",
            description = "The command to explain (default: all, in a list).")
    private @Nullable String command;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        CommandLine all = spec.root().commandLine();
        CommandLine explained = command == null ? all : all.getSubcommands().get(command);
        if (explained == null) {
            throw new CommandLine.UnmatchedArgumentException(all, List.of(String.valueOf(command)));
        }
        explained.usage(all.getOut());
    }
}
