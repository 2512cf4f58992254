package dev.tempo.standalone;

import dev.tempo.standalone.chaos.ChaosCommand;
import dev.tempo.standalone.command.CancelCommand;
import dev.tempo.standalone.command.CompareCommand;
import dev.tempo.standalone.command.CompletionCommand;
import dev.tempo.standalone.command.ConformanceCommand;
import dev.tempo.standalone.command.DeadLettersCommand;
import dev.tempo.standalone.command.DoctorCommand;
import dev.tempo.standalone.command.EvalCommand;
import dev.tempo.standalone.command.ExportCommand;
import dev.tempo.standalone.command.FriendlyErrors;
import dev.tempo.standalone.command.HelpCommand;
import dev.tempo.standalone.command.InitCommand;
import dev.tempo.standalone.command.JudgeCommand;
import dev.tempo.standalone.command.LogsCommand;
import dev.tempo.standalone.command.LsCommand;
import dev.tempo.standalone.command.PauseCommand;
import dev.tempo.standalone.command.PlanCommand;
import dev.tempo.standalone.command.PretrainCommand;
import dev.tempo.standalone.command.QuestionsCommand;
import dev.tempo.standalone.command.RecomputeCommand;
import dev.tempo.standalone.command.ReplayCommand;
import dev.tempo.standalone.command.ReportCommand;
import dev.tempo.standalone.command.ResumeCommand;
import dev.tempo.standalone.command.RmCommand;
import dev.tempo.standalone.command.RunCommand;
import dev.tempo.standalone.command.StatusCommand;
import dev.tempo.standalone.command.SubmitCommand;
import dev.tempo.standalone.command.TimelineCommand;
import dev.tempo.standalone.command.UsageErrors;
import dev.tempo.standalone.command.Version;
import dev.tempo.standalone.promotion.FinishCommand;
import dev.tempo.standalone.promotion.PromoteCommand;
import dev.tempo.standalone.promotion.RollbackCommand;
import dev.tempo.standalone.reproduce.ReproduceCommand;
import dev.tempo.standalone.serve.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code ./tempo}. */
@Command(
        name = "tempo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "TEMPO trains reasoning models at test time: it recalibrates a critic on labeled questions, refines the"
                    + " policy on unlabeled ones with that critic as reward, and goes on.",
            ""
        },
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Start with:  ./tempo run",
            "Every command explains itself:  ./tempo help COMMAND, or ./tempo COMMAND --help"
        },
        subcommands = {
            RunCommand.class,
            InitCommand.class,
            DoctorCommand.class,
            EvalCommand.class,
            ServeCommand.class,
            PlanCommand.class,
            ReproduceCommand.class,
            CompareCommand.class,
            LsCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            SubmitCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            CancelCommand.class,
            FinishCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            ReportCommand.class,
            TimelineCommand.class,
            RmCommand.class,
            RecomputeCommand.class,
            ExportCommand.class,
            JudgeCommand.class,
            QuestionsCommand.class,
            DeadLettersCommand.class,
            ReplayCommand.class,
            ChaosCommand.class,
            PretrainCommand.class,
            ConformanceCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class Tempo implements FriendlyErrors.Debuggable {

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of an error.")
    private boolean debug;

    private Tempo() {}

    @Override
    public boolean debug() {
        return debug;
    }

    public static void main(String[] arguments) {
        System.exit(execute(commandLine(), arguments));
    }

    /** Executes a command line; errors of the JVM, such as too little memory, are said in a line as others are. */
    static int execute(CommandLine commandLine, String... arguments) {
        try {
            return commandLine.execute(arguments);
        } catch (Error fatal) {
            return FriendlyErrors.handle(fatal, commandLine);
        }
    }

    private static void everyVersionIsTheSame(CommandLine parent) {
        parent.getSubcommands().values().forEach(command -> {
            command.getCommandSpec().versionProvider(new Version());
            everyVersionIsTheSame(command);
        });
    }

    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Tempo());
        everyVersionIsTheSame(commands);
        return commands.setExecutionExceptionHandler(new FriendlyErrors())
                .setParameterExceptionHandler(new UsageErrors())
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }
}
