package dev.tempo.standalone.command;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.launch.FileTrouble;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * Failures in a line. What a user can put right is said with what to do; of anything else, which is a defect of ours, the line
 * says where its stack trace is.
 */
public final class FriendlyErrors implements CommandLine.IExecutionExceptionHandler {
    /** The words of a JVM for which a page of a mapped file could not be had. */
    private static final String UNWRITABLE_MAPPING = "unsafe memory access operation";

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        return handle(failure, command);
    }

    /** Prints the line; the exit code. */
    public static int handle(Throwable failure, CommandLine command) {
        boolean debug = command.getCommandSpec().root().userObject() instanceof Debuggable main && main.debug();
        String known = words(failure);
        String message = known != null ? known : unexpected(failure);
        command.getErr().println(command.getColorScheme().errorText("tempo: " + message));
        if (debug) {
            PrintWriter err = command.getErr();
            failure.printStackTrace(err);
            err.flush();
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** A main command that may show stack traces. */
    public interface Debuggable {
        boolean debug();
    }

    /** The words about a failure that a user can put right; null where nothing can be done. */
    private static @Nullable String words(Throwable failure) {
        if (failure instanceof UserException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
            return FileTrouble.words(String.valueOf(wrapped.getMessage()), wrapped.getCause());
        }
        if (failure instanceof IOException unreadable) {
            return FileTrouble.words(unreadable);
        }
        if (failure instanceof OutOfMemoryError) {
            return "this program has too little memory: "
                    + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB of Java heap; give it more by TEMPO_JAVA_OPTIONS=-Xmx2g, and see that no other variable"
                    + " (_JAVA_OPTIONS, JDK_JAVA_OPTIONS) sets a smaller -Xmx";
        }
        if (failure instanceof InternalError
                && String.valueOf(failure.getMessage()).contains(UNWRITABLE_MAPPING)) {
            return "a file that the broker has mapped into memory cannot be written: No space left on device; free some space"
                    + " where .tempo of the workspace lies, and say the same again, or ./tempo run --resume";
        }
        return null;
    }

    private static String unexpected(Throwable failure) {
        String message = failure.getMessage();
        return "an error that should not be: " + failure.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse("")) + "; its stack trace is in "
                + ErrorLog.append(failure) + ", and --debug shows it";
    }
}
