package dev.tempo.standalone.progress;

/** The command by which this program was called, for lines that say what to type next. */
public final class TypedCommand {
    private TypedCommand() {}

    /** {@code ./tempo}, or how the script of an unpacked archive was called, which lies where it was put. */
    public static String name() {
        return System.getProperty("tempo.command", "./tempo");
    }
}
