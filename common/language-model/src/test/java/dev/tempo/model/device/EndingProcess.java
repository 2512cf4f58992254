package dev.tempo.model.device;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;

/** A program for tests, which exits while a thread computes and prints how far that thread gets. */
final class EndingProcess {
    private static final int LONG_MILLIS = 300;

    private EndingProcess() {}

    /**
     * Runs the program.
     *
     * @param arguments whether computations are cancelled, and the thread is then waited for: {@code cancel}, or nothing
     */
    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch computing = new CountDownLatch(1);
        Thread thread = new Thread(() -> compute(computing));
        thread.setDaemon(true);
        thread.start();
        computing.await();
        Runtime.getRuntime().addShutdownHook(new Thread(Computations::awaitEnd));
        if (arguments.length > 0) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> cancel(thread)));
        }
        System.exit(0);
    }

    private static void compute(CountDownLatch computing) {
        try {
            while (true) {
                Computations.begin();
                try {
                    computing.countDown();
                    Thread.sleep(LONG_MILLIS);
                    System.out.println("computed");
                } finally {
                    Computations.end();
                }
            }
        } catch (CancellationException e) {
            System.out.println("cancelled");
        } catch (InterruptedException e) {
            System.out.println("interrupted");
        }
    }

    /** A shutdown like a service's, which waits for its loops. */
    private static void cancel(Thread thread) {
        try {
            Thread.sleep(2 * LONG_MILLIS);
            Computations.cancel();
            thread.join();
        } catch (InterruptedException e) {
            System.out.println("interrupted");
        }
    }
}
