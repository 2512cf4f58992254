package dev.tempo.standalone.demo;

import dev.tempo.contract.recipe.Generation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A served and learning run as anybody outside sees it: chats at its endpoint, and questions that are sent to it. */
final class PublicApi {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** A version's name as answers give it. */
    private static final Pattern WRITER = Pattern.compile(".*@(\\d{1,9})", Pattern.DOTALL);

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String model;
    private final Generation generation;
    private final URI chats;
    private final URI arrivals;
    private final @Nullable String apiKey;

    /**
     * An answer.
     *
     * @param version of the policy that wrote it
     * @param content what comes after the thoughts; empty where nothing does
     * @param ended whether the model ended it by itself
     */
    record Reply(int version, String content, boolean ended) {

        /**
         * The reply that a chat's answer holds.
         *
         * @throws NotNowException if it holds none
         */
        static Reply read(String body) throws NotNowException {
            try {
                JsonNode answer = JSON.readTree(body);
                JsonNode choice = answer.path("choices").path(0);
                Matcher writer = WRITER.matcher(answer.path("model").asString(""));
                if (choice.isObject() && writer.matches()) {
                    return new Reply(
                            Integer.parseInt(writer.group(1)),
                            choice.path("message").path("content").asString(""),
                            choice.path("finish_reason").asString("").equals("stop"));
                }
            } catch (JacksonException text) {
                throw new NotNowException("the endpoint's answer is no JSON: " + text.getOriginalMessage());
            }
            throw new NotNowException("the endpoint's answer names no version or has no choice");
        }
    }

    /**
     * The API of a run.
     *
     * @param model that is asked for
     * @param generation how the run's own responses are sampled, as answers are to be
     * @param chats the endpoint, up to {@code /v1}
     * @param apiKey null where none is needed
     * @param arrivals where questions are sent, up to {@code /v1}
     */
    PublicApi(String model, Generation generation, URI chats, @Nullable String apiKey, URI arrivals) {
        this.model = model;
        this.generation = generation;
        this.chats = chats;
        this.apiKey = apiKey;
        this.arrivals = arrivals;
    }

    /**
     * The answer to a question, asked as a chat of one message.
     *
     * @throws NotNowException if there is none now
     */
    Reply ask(String question) throws NotNowException, InterruptedException {
        String body = JSON.writeValueAsString(Map.of(
                "model", model,
                "messages", List.of(Map.of("role", "user", "content", question)),
                "temperature", generation.temperature(),
                "max_completion_tokens", generation.maxNewTokens()));
        return Reply.read(send(URI.create(chats + "/chat/completions"), "application/json", body, OK));
    }

    /**
     * Sends questions for the run to learn from, without an answer to any.
     *
     * @throws NotNowException if they are not accepted now
     */
    void tell(Collection<String> questions) throws NotNowException, InterruptedException {
        String lines = questions.stream()
                .map(question -> JSON.writeValueAsString(Map.of("question", question)))
                .collect(Collectors.joining("\n"));
        send(URI.create(arrivals + "/questions"), "application/x-ndjson", lines, ACCEPTED);
    }

    private String send(URI to, String type, String body, int wanted) throws NotNowException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(to)
                .timeout(PATIENCE)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (apiKey != null) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != wanted) {
                throw new NotNowException(to + " answers " + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException unreachable) {
            throw new NotNowException(to + " is not in reach: " + unreachable);
        }
    }

    /** The reason why a request is to be sent again later. */
    static final class NotNowException extends Exception {
        private static final long serialVersionUID = 1;

        NotNowException(String words) {
            super(words);
        }
    }
}
