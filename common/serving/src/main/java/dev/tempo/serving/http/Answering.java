package dev.tempo.serving.http;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.inference.Environment;
import dev.tempo.model.inference.GeneratedResponse;
import dev.tempo.model.inference.GenerationTask;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.inference.TokenReader;
import dev.tempo.model.tokens.StopStrings;
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
import java.security.SecureRandom;
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

    private static final SecureRandom SEEDS = new SecureRandom();

    private final Endpoint endpoint;
    private final EventLoop loop;
    private final HttpReply reply;
    private final Asked asked;
    private final List<CompletableFuture<GeneratedResponse>> responses = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private @Nullable CompletableFuture<VersionDesk.Loan> lending;
    private VersionDesk.@Nullable Loan loan;
    private @Nullable AnswerWriter writer;
    private int promptTokens;
    private int unfinished;
    private final Queue<Runnable> written = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean waking = new AtomicBoolean();
    private volatile long sentAt = System.nanoTime() - PAUSE_NANOS;
    private volatile boolean over;

    Answering(Endpoint endpoint, EventLoop loop, HttpReply reply, Asked asked) {
        this.endpoint = endpoint;
        this.loop = loop;
        this.reply = reply;
        this.asked = asked;
    }

    /** What is ready to be generated. */
    private record Prepared(VersionDesk.Loan loan, List<PromptTokens> prompts, List<GenerationTask> tasks) {}

    /** @throws ApiException if there are too many answers, or there is no such version */
    void begin() {
        endpoint.limits().open(asked.answers());
        try {
            lending = endpoint.desk().lend(asked.model());
        } catch (RuntimeException refused) {
            endpoint.limits().closed(asked.answers());
            throw refused;
        }
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
            LoadedVersion version = lent.version();
            List<PromptTokens> prompts = PromptTokens.of(asked, version, endpoint.catalog());
            List<GenerationTask> tasks = new ArrayList<>();
            long seed = asked.seed() == null ? SEEDS.nextLong() : asked.seed();
            StopStrings stop = asked.stop().isEmpty() ? null : new StopStrings(version.tokenizer(), asked.stop());
            for (int prompt = 0; prompt < prompts.size(); prompt++) {
                int[] ids = prompts.get(prompt).ids();
                SamplingSettings sampling = new SamplingSettings(
                        asked.temperature(), limit(ids.length, version), asked.topK(), asked.topP(), asked.minP());
                for (int answer = 0; answer < asked.n(); answer++) {
                    long key = CounterRandom.key(seed, "serving", prompt, answer);
                    Environment environment = asked.prompt() instanceof Asked.Chat ? environment(version) : null;
                    tasks.add(new GenerationTask(ids, key, sampling, environment, stop));
                }
            }
            version.policy().check(tasks);
            inLoop(() -> generate(new Prepared(lent, prompts, tasks)));
        } catch (RuntimeException | Error refused) {
            lent.close();
            inLoop(() -> fail(refused));
        }
    }

    private @Nullable Environment environment(LoadedVersion version) {
        return endpoint.catalog().environment(version.tokenizer());
    }

    /** The tokens that an answer may have. */
    private int limit(int prompt, LoadedVersion version) {
        ModelConfig config = version.policy().config();
        int most = endpoint.settings().mostTokens();
        int free = config.maxPositions() - prompt;
        if (free < 1 || asked.limit().orElse(0) > free) {
            throw ApiException.invalid(
                    "messages",
                    "context_length_exceeded",
                    "This model's maximum context length is " + config.maxPositions() + " tokens. The prompt has "
                            + prompt
                            + (asked.limit().isPresent()
                                    ? " and the answer may have "
                                            + asked.limit().getAsInt()
                                    : "")
                            + ".");
        }
        if (asked.limit().orElse(0) > most) {
            throw ApiException.invalid(
                    "max_tokens",
                    "invalid_value",
                    "max_tokens is too large: " + asked.limit().getAsInt() + ". This server writes at most " + most
                            + " tokens to an answer.");
        }
        return asked.limit().orElse(Math.max(1, Math.min(most, version.policy().longestResponse(prompt))));
    }

    private void generate(Prepared prepared) {
        if (over) {
            prepared.loan().close();
            return;
        }
        loan = prepared.loan();
        LoadedVersion version = loan.version();
        String name = version.version().id();
        boolean chat = asked.prompt() instanceof Asked.Chat;
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
            Choice choice =
                    new Choice(version, asked, new AnswerText(version.tokenizer(), asked.stop(), prompt.text()));
            choices.add(choice);
            GenerationTask task = prepared.tasks().get(index);
            tasks.add(read ? task.readBy(new Relay(index)) : task);
        }
        promptTokens = prepared.prompts().stream()
                .mapToInt(prompt -> prompt.ids().length)
                .sum();
        unfinished = tasks.size();
        try {
            responses.addAll(version.policy().submit(tasks));
        } catch (RuntimeException refused) {
            fail(refused);
            return;
        }
        for (int index = 0; index < responses.size(); index++) {
            int answer = index;
            responses.get(index).whenComplete((response, failure) -> inLoop(() -> finished(answer, response, failure)));
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
            reply.event(writer().last(answer, choice.text().fresh(), choice.reason()));
            reply.flush();
        }
        if (--unfinished == 0) {
            end();
        }
    }

    private void end() {
        TokenCount count = new TokenCount(
                promptTokens,
                choices.stream().mapToInt(choice -> choice.text().tokens()).sum(),
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
                                            choice.text().whole(), choice.reason()))
                                    .toList(),
                            count));
        }
        release();
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
                    if (choice.text().hasFresh()) {
                        reply.event(writer().chunk(answer, choice.text().fresh()));
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
            reply.refuse(Endpoint.refusal(failure));
            release();
        }
    }

    /** Gives up what is not written yet: nobody is there to read it. */
    void giveUp() {
        if (!over) {
            release();
        }
    }

    private void release() {
        over = true;
        endpoint.limits().closed(asked.answers());
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
