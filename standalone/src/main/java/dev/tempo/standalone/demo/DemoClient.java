package dev.tempo.standalone.demo;

import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.eval.served.ServedAnswer;
import dev.tempo.eval.served.ServedAnswers;
import dev.tempo.messaging.service.Stopwatch;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that asks one question after another, sends each to be learned from, and notes whether it was answered right. Of its time it
 * waits three quarters and more, so that the machine is there for training.
 */
final class DemoClient implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoClient.class);

    private static final Duration BRIEFLY = Duration.ofMillis(100);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    /** What takes a machine much longer than usual is waited for no longer than that. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    /** How many times as long as an answer took nothing is asked. */
    private static final int PAUSES = 3;
    /** Attempts in a row from which on it is no hiccup. */
    private static final int MANY = 20;

    private final AnswerKey key;
    private final PublicApi api;
    private final ServedAnswers answers;
    private final BooleanSupplier begun;
    private final IntSupplier promotions;
    private final InstantSource clock;
    private final Set<String> untold = new LinkedHashSet<>();
    private int unanswered;
    private final CountDownLatch stop = new CountDownLatch(1);

    /**
     * A client that goes on where the file of answers ends.
     *
     * @param begun whether the run has begun, and the file can be there
     * @param promotions how many records of promotions there are now
     */
    DemoClient(
            AnswerKey key,
            PublicApi api,
            ServedAnswers answers,
            BooleanSupplier begun,
            IntSupplier promotions,
            InstantSource clock) {
        this.begun = begun;
        this.key = key;
        this.api = api;
        this.answers = answers;
        this.promotions = promotions;
        this.clock = clock;
    }

    @Override
    public void run() {
        try {
            while (!begun.getAsBoolean()) {
                if (stop.await(BRIEFLY.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            int asked = answers.all().size();
            Duration pause = Duration.ZERO;
            while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                Stopwatch working = Stopwatch.start();
                LabeledQuestion question = key.question(asked);
                if (answered(question)) {
                    asked++;
                }
                tell();
                Duration wait = Duration.ofMillis(Math.round(working.seconds() * PAUSES * 1000));
                pause = wait.compareTo(SHORTEST_PAUSE) < 0
                        ? SHORTEST_PAUSE
                        : wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends {@link #run} with the question that it is at. */
    void stop() {
        stop.countDown();
    }

    /** Whether the question was answered; where not it is asked again. */
    private boolean answered(LabeledQuestion question) throws InterruptedException {
        String text = question.question().text();
        int tried = promotions.getAsInt();
        try {
            PublicApi.Reply reply = api.ask(text);
            answers.add(new ServedAnswer(
                    clock.instant(), question.question().id(), reply.version(), key.isRight(question, reply), tried));
            untold.add(text);
            unanswered = 0;
            return true;
        } catch (PublicApi.NotNowException later) {
            note("a question is not answered now and asked again", later);
            if (++unanswered == MANY && stop.getCount() > 0) {
                System.err.println("tempo: the client's question is asked again and again: " + later.getMessage());
            }
            return false;
        }
    }

    private void tell() throws InterruptedException {
        if (untold.isEmpty()) {
            return;
        }
        try {
            api.tell(untold);
            untold.clear();
        } catch (PublicApi.NotNowException later) {
            note("questions are not accepted now and sent again", later);
        }
    }

    private void note(String what, PublicApi.NotNowException why) {
        if (stop.getCount() > 0) {
            LOG.atInfo().addKeyValue("reason", why.getMessage()).log(what);
        }
    }
}
