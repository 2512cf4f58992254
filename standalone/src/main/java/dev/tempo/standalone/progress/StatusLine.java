package dev.tempo.standalone.progress;

import java.util.Map;

/** The last line of a terminal, written over in place; lines that stay go above it. Not thread-safe. */
final class StatusLine {
    private static final String ESCAPE = "\u001b[";
    private static final String ERASE_LINE = "\r" + ESCAPE + "2K";
    private static final String UP = ESCAPE + "1A";

    private final Screen screen;
    private final boolean reflows;
    private int shown;
    private boolean over;

    StatusLine(Screen screen) {
        this(screen, reflows(System.getenv()));
    }

    /** @param reflows whether the terminal wraps lines anew when it gets narrower */
    StatusLine(Screen screen, boolean reflows) {
        this.screen = screen;
        this.reflows = reflows;
    }

    /** Terminals of which it is known; one line too many above the live one is a smaller harm than one erased. */
    private static boolean reflows(Map<String, String> environment) {
        return environment.containsKey("TMUX") || environment.containsKey("VTE_VERSION");
    }

    /** Shows a line that fits, in place of the one before; nothing after the end. */
    void show(String line) {
        if (over) {
            return;
        }
        erase();
        screen.out().print(line);
        screen.out().flush();
        shown = line.length();
    }

    /** A line that stays. */
    void print(String line) {
        erase();
        screen.out().println(line);
        screen.out().flush();
    }

    /** The end of what goes on: lines that stay may follow, and no other. */
    void end() {
        over = true;
    }

    /** The news that a run was told to stop, unless it has ended. */
    void stopping() {
        if (!over) {
            print("stopping ... (the run is kept)");
            end();
        }
    }

    void erase() {
        if (shown == 0) {
            return;
        }
        StringBuilder codes = new StringBuilder(ERASE_LINE);
        if (reflows) {
            // A line that was wrapped when the terminal got narrower takes several rows.
            codes.append((UP + ERASE_LINE).repeat((shown - 1) / screen.width()));
        }
        screen.out().print(codes);
        screen.out().flush();
        shown = 0;
    }
}
