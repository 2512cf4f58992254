package dev.tempo.standalone.progress;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/**
 * The place where words go: a person's terminal, in which a line may be written over and whose width is asked for anew
 * each time, or a file or pipe, which gets lines only and no escape codes.
 */
public final class Screen {
    private static final int USUAL_WIDTH = 80;
    private static final int LEAST_WIDTH = 20;

    /** Ways in which JLine asks a terminal, the quicker first. */
    private static final List<String> WAYS = List.of("jni", "exec");

    private final PrintStream out;
    private final boolean live;
    private final IntSupplier columns;

    private Screen(PrintStream out, boolean live, IntSupplier columns) {
        this.out = out;
        this.live = live;
        this.columns = columns;
    }

    /**
     * This process's standard output. Of JLine only the questions whether it is a terminal, and how wide, are used: its
     * terminals close standard output at a signal, before a run has said how it ended.
     */
    public static Screen ofThisProcess() {
        String type = System.getenv("TERM");
        if (type == null || type.startsWith("dumb")) {
            return plain(System.out);
        }
        for (String way : WAYS) {
            try {
                TerminalProvider provider = TerminalProvider.load(way);
                return provider.isSystemStream(SystemStream.Output)
                        ? live(System.out, () -> provider.systemStreamWidth(SystemStream.Output))
                        : plain(System.out);
            } catch (IOException | LinkageError unusable) {
                // The other way, or none: then lines are plain.
            }
        }
        return plain(System.out);
    }

    /** A file or pipe. */
    public static Screen plain(PrintStream out) {
        return new Screen(out, false, () -> 0);
    }

    /** A terminal whose width somebody else knows. */
    static Screen live(PrintStream out, IntSupplier columns) {
        return new Screen(out, true, columns);
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
}
