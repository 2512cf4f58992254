package dev.tempo.judging.model;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The meters of one judge model; docs/metrics.md says what each means. */
final class ModelMeter {
    private static final double MILLION = 1e6;

    private final MeterRegistry meters;
    private final String judge;
    private final double inputPrice;
    private final double outputPrice;

    ModelMeter(MeterRegistry meters, String judge, ModelSettings settings) {
        this.meters = meters;
        this.judge = judge;
        this.inputPrice = settings.inputPrice();
        this.outputPrice = settings.outputPrice();
    }

    void watch(Canaries canaries) {
        Gauge.builder("tempo.judge.model.canary.breaker", canaries, watched -> watched.isOpen() ? 1 : 0)
                .tag("judge", judge)
                .strongReference(true)
                .register(meters);
    }

    void answered(Reply reply, long nanos) {
        called("answered", nanos);
        tokens("in", reply.inputTokens());
        tokens("out", reply.outputTokens());
        meters.counter("tempo.judge.model.cost", "judge", judge)
                .increment((reply.inputTokens() * inputPrice + reply.outputTokens() * outputPrice) / MILLION);
    }

    void failed(CallFailedException.Kind kind, long nanos) {
        called(kind.name().toLowerCase(Locale.ROOT), nanos);
    }

    void retried() {
        meters.counter("tempo.judge.model.retries", "judge", judge).increment();
    }

    void malformed() {
        meters.counter("tempo.judge.model.malformed", "judge", judge).increment();
    }

    void gated() {
        meters.counter("tempo.judge.model.gated", "judge", judge).increment();
    }

    void foundInCache() {
        meters.counter("tempo.judge.model.cache.hits", "judge", judge).increment();
    }

    void undecided(String reason) {
        meters.counter("tempo.judge.model.undecided", "judge", judge, "reason", reason)
                .increment();
    }

    void canary(String outcome) {
        meters.counter("tempo.judge.model.canaries", "judge", judge, "outcome", outcome)
                .increment();
    }

    private void called(String outcome, long nanos) {
        meters.counter("tempo.judge.model.calls", "judge", judge, "outcome", outcome)
                .increment();
        meters.timer("tempo.judge.model.latency", "judge", judge).record(nanos, TimeUnit.NANOSECONDS);
    }

    private void tokens(String direction, long count) {
        meters.counter("tempo.judge.model.tokens", "judge", judge, "direction", direction)
                .increment(count);
    }
}
