package dev.tempo.standalone.progress;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Where words go: a person's terminal, in which a line may be written over and whose width is asked for anew each time, or a
 * file or pipe, which gets lines only and no escape codes.
 */
public final class Screen implements AutoCloseable {
    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 20;

    private final PrintStream out;
    private final boolean live;
    private final IntSupplier columns;
    private final @Nullable Terminal terminal;

    private Screen(PrintStream out, boolean live, IntSupplier columns, @Nullable Terminal terminal) {
        this.out = out;
        this.live = live;
        this.columns = columns;
        this.terminal = terminal;
    }

    /** This process's standard output. */
    public static Screen ofThisProcess() {
        if (isTerminal()) {
            try {
                // Asked about grapheme clusters, a terminal answers into what the person types.
                Terminal terminal = TerminalBuilder.builder()
                        .dumb(true)
                        .graphemeCluster(false)
                        .build();
                if (!terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
                    return new Screen(System.out, true, terminal::getWidth, terminal);
                }
                terminal.close();
            } catch (IOException unusable) {
                // A terminal that cannot be asked for its width gets plain lines.
            }
        }
        return plain(System.out);
    }

    /** A file or pipe. */
    public static Screen plain(PrintStream out) {
        return new Screen(out, false, () -> 0, null);
    }

    /** A terminal whose width somebody else knows. */
    static Screen live(PrintStream out, IntSupplier columns) {
        return new Screen(out, true, columns, null);
    }

    /** From JDK 22 on {@code System.console()} is there for pipes too and has to be asked; before, it was enough. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJdk22) {
            return true;
        }
    }

    public PrintStream out() {
        return out;
    }

    /** Whether a line may be written over. */
    public boolean isLive() {
        return live;
    }

    /** Columns, as they are at this moment; the variable COLUMNS or 80 where nobody knows. */
    public int width() {
        int known = columns.getAsInt();
        return Math.max(LEAST_WIDTH, known > 0 ? known : fromEnvironment());
    }

    private static int fromEnvironment() {
        String variable = System.getenv("COLUMNS");
        return variable != null && variable.matches("[1-9]\\d{0,3}") ? Integer.parseInt(variable) : USUAL_WIDTH;
    }

    @Override
    public void close() {
        if (terminal != null) {
            try {
                terminal.close();
            } catch (IOException gone) {
                // A terminal that is gone needs no closing.
            }
        }
    }
}
