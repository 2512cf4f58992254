package dev.tempo.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class PrecedenceTest {
    private final Precedence precedence = new Precedence();

    private Thread another() {
        Thread thread = new Thread(precedence::giveWay);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void untilItWaits(Thread thread) {
        await().until(() -> thread.getState() == Thread.State.WAITING);
    }

    @Test
    void nobodyWaitsWhereNothingGoesFirst() throws InterruptedException {
        another().join();
        precedence.begin();
        precedence.end();
        another().join();
    }

    @Test
    void whatCanWaitWaitsForAFewStepsAndNoMore() throws InterruptedException {
        precedence.begin();
        Thread thread = another();
        untilItWaits(thread);
        for (int step = 1; step < Precedence.STEPS; step++) {
            precedence.stepped();
        }
        untilItWaits(thread);
        assertThat(thread.isAlive()).isTrue();
        precedence.stepped();
        thread.join();
    }

    @Test
    void itGoesOnAtOnceWhenTheFirstHaveNoMoreWork() throws InterruptedException {
        precedence.begin();
        Thread thread = another();
        untilItWaits(thread);
        precedence.end();
        thread.join();
    }
}
