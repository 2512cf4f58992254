package dev.tempo.standalone.command;

import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo completion}: a script by which a shell completes tempo's commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {"Prints a script by which bash or zsh completes tempo's commands and options.", ""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:The script is printed.", "2:The command line is not understood."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(./tempo completion bash)     for this shell, and in ~/.bashrc for all",
            "  source <(./tempo completion zsh)      likewise, and in ~/.zshrc"
        })
public final class CompletionCommand implements Runnable {
    private static final String ZSH_START = "autoload -U +X compinit && compinit\n";

    /** Shells that picocli writes scripts for. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell = Shell.BASH;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        String script = AutoComplete.bash("tempo", spec.root().commandLine());
        spec.commandLine().getOut().print(shell == Shell.ZSH ? ZSH_START + script : script);
        spec.commandLine().getOut().flush();
    }
}
