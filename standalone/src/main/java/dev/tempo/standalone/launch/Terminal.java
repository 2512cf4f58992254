package dev.tempo.standalone.launch;

import java.io.Console;

/** Whether a person watches. */
public final class Terminal {
    private Terminal() {}

    /** From JDK 22 on {@code System.console()} is there for pipes too and has to be asked; before, it was enough. */
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isThere() {
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
}
