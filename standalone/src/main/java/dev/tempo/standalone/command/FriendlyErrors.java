package dev.tempo.standalone.command;

import dev.tempo.datasets.DataFileException;
import dev.tempo.model.DeviceException;
import dev.tempo.model.ModelFormatException;
import dev.tempo.standalone.launch.LaunchException;
import dev.tempo.standalone.recipe.RecipeException;
import java.io.UncheckedIOException;
import picocli.CommandLine;

/** What a user can put right is said in one line; anything else is a defect of ours and keeps its stack trace. */
public final class FriendlyErrors implements CommandLine.IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed)
            throws Exception {
        if (failure instanceof LaunchException
                || failure instanceof RecipeException
                || failure instanceof DataFileException
                || failure instanceof ModelFormatException
                || failure instanceof DeviceException) {
            print(commandLine, String.valueOf(failure.getMessage()));
            return CommandLine.ExitCode.SOFTWARE;
        }
        if (failure instanceof UncheckedIOException unreadable) {
            print(commandLine, unreadable.getMessage() + ": " + String.valueOf(unreadable.getCause()));
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }

    private static void print(CommandLine commandLine, String message) {
        commandLine.getErr().println(commandLine.getColorScheme().errorText("tempo: " + message));
    }
}
