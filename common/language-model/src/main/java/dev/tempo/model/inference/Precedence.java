package dev.tempo.model.inference;

/**
 * The order in which the engines of a process take their steps. Before each of its steps an engine for work that can wait lets
 * those that somebody waits for take some, as long as they have any to take. No number depends on it. Thread-safe.
 */
final class Precedence {
    /** The order of this process. */
    static final Precedence OF_PROCESS = new Precedence();
    /** The number of steps that are let by: enough to be first, and few enough that others go on. */
    static final int STEPS = 8;

    private int atWork;
    private long steps;

    /** An engine that goes first has work from now on. */
    synchronized void begin() {
        atWork++;
    }

    /** An engine that goes first has taken a step. */
    synchronized void stepped() {
        steps++;
        notifyAll();
    }

    /** An engine that goes first has no more work. */
    synchronized void end() {
        atWork--;
        notifyAll();
    }

    /** Waits until none that goes first has work, or they have taken their steps; not at all once the thread is interrupted. */
    synchronized void giveWay() {
        long enough = steps + STEPS;
        try {
            while (atWork > 0 && steps < enough) {
                wait();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
