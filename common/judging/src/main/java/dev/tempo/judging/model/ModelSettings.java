package dev.tempo.judging.model;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of one judge model, under {@code tempo.judge.models.<name of the judge>}.
 *
 * @param baseUrl of the OpenAI-compatible endpoint, up to and with {@code /v1}
 * @param model what the endpoint calls the model
 * @param apiKeyEnv name of the environment variable that holds the key; null where none is needed
 * @param connectTimeout for the connection
 * @param timeout from sending a request to the last byte of its reply
 * @param requestsPerSecond at most, votes, canaries and repetitions together
 * @param concurrency requests under way at the same time, at most
 * @param attempts how often one request is tried before the judge counts as unavailable
 * @param backoff mean pause before the second attempt; each further one is twice as long, all are jittered
 * @param longestBackoff no pause is longer; a server that asks for more makes the judge unavailable
 * @param circuitPause how long nobody is asked after half of the recent requests failed
 * @param inputPrice per million tokens, in any currency
 * @param outputPrice per million tokens, in the same currency
 * @param maxAnswerCharacters of the extracted answer that are sent
 * @param maxTokens of a reply, thinking included
 * @param structuredReplies whether to send a JSON schema as response_format; replies are validated either way
 * @param cacheDirectory where decided verdicts outlive the process, in a file named after the judge
 * @param cachedVerdicts in memory, at most; the file holds at most about twice as many
 * @param canaryShare of the answers, each of which is accompanied by a known wrong one
 * @param canaryMinimum canaries before their false-positive rate counts
 */
public record ModelSettings(
        URI baseUrl,
        @DefaultValue("gpt-oss-120b") String model,
        @Nullable String apiKeyEnv,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("5") double requestsPerSecond,
        @DefaultValue("8") int concurrency,
        @DefaultValue("4") int attempts,
        @DefaultValue("500ms") Duration backoff,
        @DefaultValue("30s") Duration longestBackoff,
        @DefaultValue("10s") Duration circuitPause,
        @DefaultValue("0") double inputPrice,
        @DefaultValue("0") double outputPrice,
        @DefaultValue("2000") int maxAnswerCharacters,
        @DefaultValue("4096") int maxTokens,
        @DefaultValue("false") boolean structuredReplies,
        @DefaultValue("judge-cache") Path cacheDirectory,
        @DefaultValue("100000") int cachedVerdicts,
        @DefaultValue("0.05") double canaryShare,
        @DefaultValue("20") int canaryMinimum) {

    public ModelSettings {
        // The binder leaves out what is missing, so null does come.
        String url = String.valueOf(baseUrl);
        require(url.matches("https?://[^/?#]+(/[^?#]*)?"), "base-url", "be an http(s) address ending in /v1", url);
        require(!model.isBlank(), "model", "name a model", "'" + model + "'");
        require(
                apiKeyEnv == null || apiKeyEnv.matches("[A-Za-z_][A-Za-z0-9_]*"),
                "api-key-env",
                "be the name of an environment variable, never a key",
                "something else");
        positive("connect-timeout", connectTimeout);
        positive("timeout", timeout);
        positive("backoff", backoff);
        positive("longest-backoff", longestBackoff);
        positive("circuit-pause", circuitPause);
        require(longestBackoff.compareTo(backoff) >= 0, "longest-backoff", "be at least backoff", longestBackoff);
        require(
                requestsPerSecond >= .001 && requestsPerSecond <= 1e5,
                "requests-per-second",
                "lie in [0.001, 100000]",
                requestsPerSecond);
        between("concurrency", 1, 256, concurrency);
        between("attempts", 1, 20, attempts);
        require(inputPrice >= 0, "input-price", "be at least 0", inputPrice);
        require(outputPrice >= 0, "output-price", "be at least 0", outputPrice);
        between("max-answer-characters", 16, 100_000, maxAnswerCharacters);
        between("max-tokens", 16, 1 << 20, maxTokens);
        between("cached-verdicts", 1, 10_000_000, cachedVerdicts);
        require(canaryShare >= 0 && canaryShare <= 1, "canary-share", "lie in [0, 1]", canaryShare);
        between("canary-minimum", 1, Canaries.WINDOW, canaryMinimum);
    }

    private static void between(String field, int low, int high, int value) {
        require(value >= low && value <= high, field, "lie in [" + low + ", " + high + "]", value);
    }

    private static void positive(String field, Duration value) {
        require(!value.isNegative() && !value.isZero(), field, "be longer than 0", value);
    }

    private static void require(boolean holds, String field, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(field + " of a judge model must " + what + " but is " + value);
        }
    }
}
