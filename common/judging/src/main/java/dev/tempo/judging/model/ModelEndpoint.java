package dev.tempo.judging.model;

import dev.tempo.judging.model.CallFailedException.Kind;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The endpoint of a judge model with safeguards. From the outside in, a request is repeated with growing, jittered
 * pauses, is not sent while the circuit is open, is one of few at the same time, and keeps to the rate. A pause that
 * the server asks for holds for all requests. Thread-safe.
 */
final class ModelEndpoint {
    private static final Duration PATIENT = Duration.ofHours(12);
    private static final Duration LIMITER_WINDOW = Duration.ofMillis(100);

    private final HttpCall http;
    private final ModelMeter meter;
    private final Duration longestPause;
    private final Retry retry;
    private final CircuitBreaker circuit;
    private final Bulkhead bulkhead;
    private final RateLimiter limiter;
    private final AtomicLong notBefore = new AtomicLong(System.nanoTime());

    ModelEndpoint(String judge, ModelSettings settings, HttpCall http, ModelMeter meter) {
        this.http = http;
        this.meter = meter;
        this.longestPause = settings.longestBackoff();
        this.retry = retry(judge, settings);
        this.circuit = CircuitBreaker.of(
                judge,
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(10)
                        .failureRateThreshold(50)
                        .slowCallDurationThreshold(PATIENT)
                        .waitDurationInOpenState(settings.circuitPause())
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .ignoreException(ModelEndpoint::saysNothingAboutHealth)
                        .build());
        this.bulkhead = Bulkhead.of(
                judge,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(settings.concurrency())
                        .maxWaitDuration(PATIENT)
                        .build());
        this.limiter = RateLimiter.of(judge, rate(settings.requestsPerSecond()));
        retry.getEventPublisher().onRetry(again -> meter.retried());
    }

    /**
     * The reply to a request.
     *
     * @throws CallFailedException when there is none after all attempts
     */
    Reply ask(byte[] body) {
        try {
            return retry.executeSupplier(
                    () -> circuit.executeSupplier(() -> bulkhead.executeSupplier(() -> once(body))));
        } catch (CallNotPermittedException open) {
            throw new CallFailedException(Kind.BROKEN, "not asked for a while after repeated failures", null, open);
        } catch (RequestNotPermitted | BulkheadFullException stopped) {
            throw new CallFailedException(Kind.BROKEN, "this service is stopping", null, stopped);
        }
    }

    /** The state of the circuit, in words for people. */
    String state() {
        return circuit.getState().name();
    }

    /** Whether the circuit is open, so that no request is sent. */
    boolean isOpen() {
        return circuit.getState() == CircuitBreaker.State.OPEN;
    }

    private Reply once(byte[] body) {
        awaitPause();
        RateLimiter.waitForPermission(limiter);
        long begun = System.nanoTime();
        try {
            Reply reply = Reply.of(http.send(body));
            meter.answered(reply, System.nanoTime() - begun);
            return reply;
        } catch (CallFailedException failure) {
            meter.failed(failure.kind(), System.nanoTime() - begun);
            Duration pause = failure.retryAfter();
            if (pause != null) {
                long until = System.nanoTime() + pause.toNanos();
                notBefore.accumulateAndGet(until, (one, other) -> one - other > 0 ? one : other);
            }
            throw failure;
        }
    }

    private void awaitPause() {
        long left = notBefore.get() - System.nanoTime();
        if (left > longestPause.toNanos()) {
            Duration pause = Duration.ofNanos(left);
            throw new CallFailedException(Kind.BUSY, "asked to wait " + pause.toSeconds() + " s", pause, null);
        }
        try {
            while (left > 0) {
                Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
                left = notBefore.get() - System.nanoTime();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CallFailedException(Kind.BROKEN, "this service is stopping", null, stopped);
        }
    }

    private static Retry retry(String judge, ModelSettings settings) {
        IntervalFunction backoff = IntervalFunction.ofExponentialRandomBackoff(
                settings.backoff().toMillis(), 2, .5, settings.longestBackoff().toMillis());
        return Retry.of(
                judge,
                RetryConfig.<Reply>custom()
                        .maxAttempts(settings.attempts())
                        .intervalBiFunction((attempt, outcome) -> backoff.apply(attempt))
                        .retryOnException(failure -> isWorthAnother(failure, settings.longestBackoff()))
                        .build());
    }

    private static boolean isWorthAnother(Throwable failure, Duration longestPause) {
        if (!(failure instanceof CallFailedException call)
                || Thread.currentThread().isInterrupted()) {
            return false;
        }
        Duration asked = call.retryAfter();
        return (call.kind() == Kind.BUSY || call.kind() == Kind.BROKEN)
                && (asked == null || asked.compareTo(longestPause) <= 0);
    }

    private static boolean saysNothingAboutHealth(Throwable failure) {
        return !(failure instanceof CallFailedException call)
                || call.kind() == Kind.BUSY
                || call.kind() == Kind.REFUSED;
    }

    /** Few requests a second are spread evenly; many come in portions of a tenth of a second. */
    private static RateLimiterConfig rate(double perSecond) {
        int portion = (int) Math.max(1, Math.floor(perSecond * LIMITER_WINDOW.toMillis() / 1_000));
        return RateLimiterConfig.custom()
                .limitForPeriod(portion)
                .limitRefreshPeriod(Duration.ofNanos((long) (portion / perSecond * 1e9)))
                .timeoutDuration(PATIENT)
                .build();
    }
}
