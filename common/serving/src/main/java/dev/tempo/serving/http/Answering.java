package dev.tempo.serving.http;

import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.TokenReader;
import dev.tempo.serving.learning.LearningWish;
import dev.tempo.serving.openai.AnswerHead;
import dev.tempo.serving.openai.AnswerText;
import dev.tempo.serving.openai.AnswerWriter;
import dev.tempo.serving.openai.ApiException;
import dev.tempo.serving.openai.Asked;
import dev.tempo.serving.openai.ChatWriter;
import dev.tempo.serving.openai.CompletionWriter;
import dev.tempo.serving.openai.TokenCount;
import dev.tempo.serving.version.LoadedVersion;
import dev.tempo.serving.version.VersionDesk;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The way of one request: to a version, through the engine, and back token by token. One version writes all its answers. All but
 * the making of prompts runs in the thread of the connection.
 */
final class Answering {
    /** The least time between chunks: what is written within it goes out together. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Endpoint endpoint;
    private final EventLoop loop;
    private final HttpReply reply;
    private final Asked asked;
    private final LearningWish wish;
    private final List<CompletableFuture<GeneratedResponse>> responses = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private @Nullable CompletableFuture<VersionDesk.Loan> lending;
    private VersionDesk.@Nullable Loan loan;
    private @Nullable AnswerWriter writer;
    private int promptTokens;
    private long kept;
    private int unfinished;
    private final Queue<Runnable> written = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean waking = new AtomicBoolean();
    private final AtomicBoolean waits = new AtomicBoolean(true);
    private final long askedAt = System.nanoTime();
    private volatile long sentAt = System.nanoTime() - PAUSE_NANOS;
    private volatile boolean over;

    Answering(Endpoint endpoint, EventLoop loop, HttpReply reply, Asked asked, LearningWish wish) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.reply = reply;
        this.asked = asked;
        this.wish = wish;
    }

    /** @throws RuntimeException saying why, if there are too many answers, or there is no such version */
    void begin() {
        endpoint.limits().open(asked.answers());
        try {
            lending = endpoint.desk().lend(asked.model());
        } catch (RuntimeException refused) {
            endpoint.limits().closed(asked.answers());
            throw refused;
        }
        endpoint.meters().waits();
        lending.whenCompleteAsync(
                (lent, failure) -> {
                    if (failure == null) {
                        prepare(lent);
                    } else {
                        inLoop(() -> fail(failure));
                    }
                },
                endpoint.preparing());
    }

    private void prepare(VersionDesk.Loan lent) {
        if (over) { // nobody is there to read it, and the place is somebody else's
            lent.close();
            return;
        }
        try {
            PreparedAnswers prepared = PreparedAnswers.of(asked, lent, endpoint);
            inLoop(() -> generate(prepared));
        } catch (RuntimeException | Error refused) {
            lent.close();
            inLoop(() -> fail(refused));
        }
    }

    private void generate(PreparedAnswers prepared) {
        if (over) {
            prepared.loan().close();
            return;
        }
        loan = prepared.loan();
        try {
            endpoint.limits().keep(prepared.logProbs());
        } catch (ApiException refused) {
            fail(refused);
            return;
        }
        kept = prepared.logProbs();
        LoadedVersion version = loan.version();
        String name = version.version().id();
        boolean chat = asked.isChat();
        AnswerHead head = new AnswerHead(
                (chat ? "chatcmpl-" : "cmpl-") + reply.id(),
                Instant.now().getEpochSecond(),
                name,
                version.fingerprint());
        writer = chat
                ? new ChatWriter(head, asked.usage(), asked.logProbs())
                : new CompletionWriter(head, asked.usage(), asked.logProbs());
        reply.writtenBy(name, version.sha256());
        List<GenerationTask> tasks = new ArrayList<>();
        boolean read = asked.stream() || asked.alternatives() > 0;
        for (int index = 0; index < prepared.tasks().size(); index++) {
            PromptTokens prompt = prepared.prompts().get(index / asked.n());
            choices.add(new Choice(
                    version,
                    asked,
                    new AnswerText(version.tokenizer(), asked.stop(), prompt.text(), prompt.characters())));
            tasks.add(prepared.tasks().get(index).readBy(read ? new Relay(index) : new Watch()));
        }
        promptTokens = prepared.prompts().stream()
                .mapToInt(prompt -> prompt.ids().length)
                .sum();
        endpoint.meters().read(promptTokens);
        unfinished = tasks.size();
        try {
            responses.addAll(version.policy().submit(tasks));
        } catch (RuntimeException refused) {
            fail(refused);
            return;
        }
        String question = asked.question();
        if (question != null) {
            endpoint.learn(reply, version.version(), question, wish);
        }
        for (int index = 0; index < responses.size(); index++) {
            int answer = index;
            responses.get(index).whenComplete((response, failure) -> inLoop(() -> finished(answer, response, failure)));
        }
    }

    /** The watch for the first token of an answer that nobody reads while it is written. */
    private final class Watch implements TokenReader {
        @Override
        public int alternatives() {
            return 0;
        }

        @Override
        public void wrote(int id, float logProb, int[] likeliest, float[] theirLogProbs) {
            begun();
        }
    }

    /** The way of tokens from the engine's thread into the connection's. */
    private final class Relay implements TokenReader {
        private final int answer;

        Relay(int answer) {
            this.answer = answer;
        }

        @Override
        public int alternatives() {
            return asked.alternatives();
        }

        @Override
        public void wrote(int id, float logProb, int[] likeliest, float[] theirLogProbs) {
            begun();
            written.add(() -> choices.get(answer).accept(id, logProb, likeliest, theirLogProbs));
            if (!waking.getAndSet(true)) {
                long rest = sentAt + PAUSE_NANOS - System.nanoTime();
                if (rest <= 0) {
                    inLoop(Answering.this::send);
                } else {
                    later(rest);
                }
            }
        }

        private void later(long nanos) {
            try {
                loop.schedule(Answering.this::send, nanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException stopped) {
                // The server has stopped, and the connection with it.
            }
        }
    }

    /** Counts the first token of all. */
    private void begun() {
        if (waits.get() && waits.getAndSet(false)) {
            endpoint.meters().waitsNoMore();
            endpoint.meters().firstToken(System.nanoTime() - askedAt);
        }
    }

    private void begin(int answer, Choice choice) {
        if (!choice.begun()) {
            writer().first(answer).ifPresent(reply::event);
        }
    }

    private void finished(int answer, @Nullable GeneratedResponse response, @Nullable Throwable failure) {
        if (over) {
            return;
        }
        if (response == null) {
            fail(failure == null ? new IllegalStateException("no response") : failure);
            return;
        }
        read();
        Choice choice = choices.get(answer);
        if (!choice.finish(response)) {
            fail(ApiException.ofServer(
                    500, "The model computes numbers that are not finite; the answer was given up."));
            return;
        }
        if (asked.stream()) {
            begin(answer, choice);
            reply.event(writer().last(answer, choice.text().take(), choice.reason()));
            reply.flush();
        }
        if (--unfinished == 0) {
            end();
        }
    }

    private void end() {
        // Counted first, so that whoever has the answer finds it counted.
        endpoint.meters().answered();
        endpoint.meters().wrote(tokens());
        TokenCount count = new TokenCount(
                promptTokens,
                tokens(),
                choices.stream()
                        .mapToInt(choice -> choice.text().thoughtTokens())
                        .sum());
        if (asked.stream()) {
            if (asked.usage()) {
                reply.event(writer().counted(count));
            }
            reply.done();
        } else {
            reply.send(writer().whole(
                            choices.stream()
                                    .map(choice -> new AnswerWriter.Finished(
                                            choice.text().take(), choice.reason()))
                                    .toList(),
                            count));
        }
        release();
    }

    private int tokens() {
        return choices.stream().mapToInt(choice -> choice.text().tokens()).sum();
    }

    private AnswerWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("no version answers yet");
        }
        return writer;
    }

    /** Reads the tokens that were written meanwhile, and tells the client of them where it wants to know at once. */
    private void send() {
        waking.set(false);
        if (over) {
            return;
        }
        read();
        if (asked.stream()) {
            for (int answer = 0; answer < choices.size(); answer++) {
                Choice choice = choices.get(answer);
                if (choice.isWritten() && choice.reason().isEmpty()) {
                    begin(answer, choice);
                    if (choice.text().hasText()) {
                        reply.event(writer().chunk(answer, choice.text().take()));
                    }
                }
            }
            reply.flush();
            sentAt = System.nanoTime();
        }
    }

    private void read() {
        for (Runnable token = written.poll(); token != null; token = written.poll()) {
            token.run();
        }
    }

    private void fail(Throwable failure) {
        if (!over) {
            endpoint.meters().wrote(tokens());
            endpoint.refuse(reply, failure);
            release();
        }
    }

    /** Gives up what is not written yet: nobody is there to read it. */
    void giveUp() {
        if (!over) {
            endpoint.meters().left();
            endpoint.meters().wrote(tokens());
            release();
        }
    }

    private void release() {
        over = true;
        endpoint.limits().closed(asked.answers());
        // What a client is slow to take is in memory until then.
        reply.whenSent(() -> endpoint.limits().forget(kept));
        if (waits.getAndSet(false)) {
            endpoint.meters().waitsNoMore();
        }
        responses.forEach(response -> response.cancel(false));
        if (lending != null) {
            lending.cancel(false);
        }
        if (loan != null) {
            loan.close();
        }
    }

    private void inLoop(Runnable work) {
        try {
            loop.execute(work);
        } catch (RejectedExecutionException stopped) {
            // The server has stopped, and the connection with it.
        }
    }
}
