package dev.tempo.serving.http;

import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.openai.ApiException;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.internal.AtomicRateLimiter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bounds of what callers may ask: requests of each a minute, answers of all at once, and what is kept of these until they are
 * sent. Thread-safe.
 */
final class CallerLimits {
    /** Callers that are told apart; who asks when there are more pushes out the one that has not asked for longest. */
    private static final int CALLERS = 4096;
    /** Log-probabilities that are kept at once: of two of the largest requests. Some 600 bytes each while a reply is written. */
    private static final long MOST_KEPT = 2 * ServingSettings.KEPT;

    private final int open;
    private final int requestsPerMinute;
    private final RateLimiterConfig rate;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicLong kept = new AtomicLong();
    private final Map<String, RateLimiter> limiters = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimiter> eldest) {
            return size() > CALLERS;
        }
    };

    /**
     * @param open answers of all callers at once
     * @param requestsPerMinute of a caller; 0 for any number
     */
    CallerLimits(int open, int requestsPerMinute) {
        this.open = open;
        this.requestsPerMinute = requestsPerMinute;
        this.rate = RateLimiterConfig.custom()
                .limitForPeriod(Math.max(1, requestsPerMinute))
                .limitRefreshPeriod(Duration.ofMinutes(1))
                .timeoutDuration(Duration.ZERO)
                .build();
    }

    /** @throws ApiException with when to come again, if a caller has sent its requests of this minute */
    void countRequest(String caller) {
        if (requestsPerMinute == 0) {
            return;
        }
        RateLimiter limiter;
        synchronized (limiters) {
            limiter = limiters.computeIfAbsent(caller, name -> new AtomicRateLimiter(name, rate));
        }
        if (!limiter.acquirePermission()) {
            long nanos = ((AtomicRateLimiter) limiter).getDetailedMetrics().getNanosToWait();
            throw ApiException.tooMany(
                    "Rate limit reached: " + requestsPerMinute + " requests per minute.",
                    (int) Duration.ofNanos(nanos).toSeconds() + 1);
        }
    }

    /** @throws ApiException if with so many more there would be too many answers at once; then none is counted */
    void open(int answers) {
        if (answers > open) {
            throw ApiException.invalid(
                    "n", "One request may ask for up to " + open + " answers, but this one asks for " + answers + ".");
        }
        int now = taken.addAndGet(answers);
        if (now > open) {
            taken.addAndGet(-answers);
            throw ApiException.tooMany("There are " + open + " answers at once, and no more now.", 1);
        }
    }

    void closed(int answers) {
        taken.addAndGet(-answers);
    }

    /** Answers at present. */
    int open() {
        return taken.get();
    }

    /** @throws ApiException if with so many more log-probabilities too many would be kept; then none is counted */
    void keep(long logProbs) {
        if (kept.addAndGet(logProbs) > MOST_KEPT) {
            kept.addAndGet(-logProbs);
            throw ApiException.tooMany("Others have asked for so many log-probabilities that there is no room now.", 1);
        }
    }

    void forget(long logProbs) {
        kept.addAndGet(-logProbs);
    }
}
