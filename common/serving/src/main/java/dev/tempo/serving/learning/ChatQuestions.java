package dev.tempo.serving.learning;

import dev.tempo.contract.ArrivingQuestion;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The questions of served chats on their way to the address that takes questions. Whoever answers a chat never waits here and hears of no
 * failure: what cannot be handed over is counted, and said to whoever watches. A text is in memory until it is handed over, deleted, or
 * given up after {@value #TRIES} tries or {@value #MOST_MINUTES} minutes. Thread-safe.
 */
public final class ChatQuestions implements AutoCloseable {
    /** Questions that are under way at once; further ones are not taken. */
    static final int MOST_OPEN = 256;
    /** Deletions that are under way at once. */
    static final int MOST_DELETIONS = 64;

    private static final int TRIES = 4;
    private static final int MOST_MINUTES = 5;
    private static final Pattern ID = Pattern.compile(ArrivingQuestion.OF_CHAT + "[0-9a-f]{32}");
    /** Longer than the address waits for its broker, so that what it was given is on its way before a deletion follows. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;
    private static final int BAD = 400;
    private static final int UNFIT = 422;
    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final int OURS = 500;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Logger LOG = LoggerFactory.getLogger(ChatQuestions.class);

    private final LearningSettings settings;
    private final MeterRegistry meters;
    private final Duration pause;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Map<String, ArrivingQuestion> open = new ConcurrentHashMap<>();
    private final Semaphore deletions = new Semaphore(MOST_DELETIONS);
    /** Why the last request failed; empty where it did not. Written by the one thread of the road. */
    private volatile String problem = "";

    /** One thread: what is deleted is deleted after whatever of it was sent before. */
    private final ScheduledThreadPoolExecutor road = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "tempo-chat-questions");
        thread.setDaemon(true);
        return thread;
    });

    /** What became of a question. */
    private enum Outcome {
        /** The address has it. */
        TAKEN,
        /** The address does not want this one. */
        REFUSED,
        /** It is longer than a question that arrives may be, or no text. */
        UNFIT,
        /** As many as may be were under way. */
        DROPPED,
        /** The address could not be reached, or does not know who sends. */
        FAILED,
        /** Its asker has deleted it. */
        DELETED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param meters where what becomes of questions is counted */
    public ChatQuestions(LearningSettings settings, MeterRegistry meters) {
        this(settings, meters, Duration.ofSeconds(1));
    }

    /** @param pause before the second try; twice as long before each further one */
    ChatQuestions(LearningSettings settings, MeterRegistry meters, Duration pause) {
        this.settings = settings;
        this.meters = meters;
        this.pause = pause;
        for (Outcome outcome : Outcome.values()) {
            count(outcome, 0);
        }
    }

    /**
     * Hands a question on, if it may be taken.
     *
     * @param answer 32 hex digits that nobody can guess, as only who knows them can delete the question
     * @param question the text of a chat's only message
     * @return the id under which it is handed on; empty where it is not
     */
    public Optional<String> hand(String answer, String question, LearningWish wish) {
        if (!settings.takes(question, wish)) {
            return Optional.empty();
        }
        String id = ArrivingQuestion.OF_CHAT + answer;
        ArrivingQuestion handed;
        try {
            handed = new ArrivingQuestion(id, question, settings.domain(), wish.source());
        } catch (IllegalArgumentException unfit) {
            count(Outcome.UNFIT, 1);
            return Optional.empty();
        }
        if (open.size() >= MOST_OPEN) {
            count(Outcome.DROPPED, 1);
            return Optional.empty();
        }
        open.put(id, handed);
        try {
            road.execute(() -> attempt(id, 1, System.nanoTime()));
            return Optional.of(id);
        } catch (RejectedExecutionException stopped) {
            open.remove(id);
            return Optional.empty();
        }
    }

    private void attempt(String id, int number, long since) {
        ArrivingQuestion question = open.get(id);
        if (question == null) { // deleted meanwhile
            return;
        }
        if (System.nanoTime() - since > TimeUnit.MINUTES.toNanos(MOST_MINUTES)) {
            settle(id, Outcome.FAILED);
            return;
        }
        int status = send(request(settings.questions())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(question)))
                .build());
        if (status == ACCEPTED) {
            settle(id, Outcome.TAKEN);
        } else if (status == BAD || status == UNFIT || status == TOO_LARGE) {
            settle(id, Outcome.REFUSED);
        } else if (number < TRIES && isPassing(status)) {
            road.schedule(
                    () -> attempt(id, number + 1, since), pause.toMillis() << (number - 1), TimeUnit.MILLISECONDS);
        } else {
            settle(id, Outcome.FAILED);
        }
    }

    /** Whether another try may find another answer; without one, status 0, it may. */
    private static boolean isPassing(int status) {
        return status == 0 || status == TOO_MANY || status >= OURS;
    }

    private static String body(ArrivingQuestion question) {
        ObjectNode body = JSON.createObjectNode().put("id", question.id()).put("question", question.question());
        if (question.domain() != null) {
            body.put("domain", question.domain());
        }
        if (question.source() != null) {
            body.put("source", question.source());
        }
        return JSON.writeValueAsString(body);
    }

    private void settle(String id, Outcome outcome) {
        if (open.remove(id) != null) {
            count(outcome, 1);
        }
    }

    /** Whether an id is one that this class could have given a question. */
    public static boolean isOne(String id) {
        return ID.matcher(id).matches();
    }

    /**
     * Deletes a question: one that is under way goes no further, one that was taken is deleted where it lies. Whether there was one is not
     * looked at.
     *
     * @return whether its deletion is acknowledged; false to be asked again later
     */
    public CompletableFuture<Boolean> delete(String id) {
        CompletableFuture<Boolean> deleted = new CompletableFuture<>();
        settle(id, Outcome.DELETED);
        if (!deletions.tryAcquire()) {
            return CompletableFuture.completedFuture(false);
        }
        deleted.whenComplete((done, failure) -> deletions.release());
        try {
            road.execute(() -> deleted.complete(send(request(URI.create(settings.questions() + "/" + id))
                            .DELETE()
                            .build())
                    == NO_CONTENT));
        } catch (RejectedExecutionException stopped) {
            deleted.complete(false);
        }
        return deleted;
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
        if (settings.key() != null) {
            request.header("Authorization", "Bearer " + settings.key());
        }
        return request;
    }

    /** The status that comes back; 0 where none does. Of what comes with it nothing is read: it might repeat the question. */
    private int send(HttpRequest request) {
        int status = 0;
        String failure = "";
        try {
            status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            boolean understood = status == ACCEPTED
                    || status == NO_CONTENT
                    || status == BAD
                    || status == UNFIT
                    || status == TOO_LARGE;
            failure = understood ? "" : settings.questions() + " answers " + status;
        } catch (IOException unreachable) {
            failure = settings.questions() + " is not in reach: "
                    + unreachable.getClass().getSimpleName();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        boolean worked = problem.isEmpty();
        problem = failure;
        if (worked && !failure.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("reason", failure)
                    .log("questions of chats cannot be handed over; chats are answered on");
        }
        return status;
    }

    private void count(Outcome outcome, int questions) {
        meters.counter("tempo.rollout.serving.questions", "outcome", outcome.word())
                .increment(questions);
    }

    /** How many questions have come to what, by the word for it. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Outcome outcome : Outcome.values()) {
            counts.put(
                    outcome.word(), (long) meters.counter("tempo.rollout.serving.questions", "outcome", outcome.word())
                            .count());
        }
        return counts;
    }

    /** Why the last question could not be handed over; empty where the last one could. */
    public Optional<String> problem() {
        return Optional.of(problem).filter(words -> !words.isEmpty());
    }

    /** Stops; what is under way is given up. */
    @Override
    public void close() {
        road.shutdownNow();
        open.clear();
    }
}
