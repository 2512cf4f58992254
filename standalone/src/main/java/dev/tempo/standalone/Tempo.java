package dev.tempo.standalone;

import dev.tempo.standalone.command.CompareCommand;
import dev.tempo.standalone.command.ConformanceCommand;
import dev.tempo.standalone.command.DoctorCommand;
import dev.tempo.standalone.command.ExportCommand;
import dev.tempo.standalone.command.FriendlyErrors;
import dev.tempo.standalone.command.JudgeCommand;
import dev.tempo.standalone.command.PretrainCommand;
import dev.tempo.standalone.command.QuestionsCommand;
import dev.tempo.standalone.command.RecomputeCommand;
import dev.tempo.standalone.command.RunCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./tempo}. */
@Command(
        name = "tempo",
        mixinStandardHelpOptions = true,
        version = "TEMPO for the JVM 0.1.0",
        description = {
            "Test-time training of reasoning models: recalibrate a critic on labeled questions,",
            "refine the policy on unlabeled ones with that critic as reward, and go on."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Start with:  ./tempo run", "Every command explains itself:  ./tempo COMMAND --help"},
        subcommands = {
            RunCommand.class,
            CompareCommand.class,
            DoctorCommand.class,
            PretrainCommand.class,
            RecomputeCommand.class,
            ExportCommand.class,
            ConformanceCommand.class,
            JudgeCommand.class,
            QuestionsCommand.class
        })
public final class Tempo {
    private Tempo() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        FriendlyErrors errors = new FriendlyErrors();
        return new CommandLine(new Tempo())
                .setExecutionExceptionHandler(errors)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
