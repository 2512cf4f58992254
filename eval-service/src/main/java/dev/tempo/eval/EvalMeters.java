package dev.tempo.eval;

import dev.tempo.contract.CriticReport;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Promotion.ShadowComparison;
import dev.tempo.contract.SetReport;
import dev.tempo.eval.dashboard.OtherServices;
import dev.tempo.messaging.Outgoing;
import dev.tempo.messaging.service.WaitGauges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The latest scores as gauges, and how requests fare. Thread-safe. */
public final class EvalMeters {
    private final MeterRegistry meters;
    private final Counter reasked;
    private final Map<String, Double> latest = new ConcurrentHashMap<>();

    EvalMeters(MeterRegistry meters, EvaluationPlanner planner, OtherServices services) {
        this.meters = meters;
        this.reasked = meters.counter("tempo.eval.requests.reasked");
        Gauge.builder("tempo.eval.requests.open", planner, EvaluationPlanner::openRequests)
                .register(meters);
        WaitGauges.register(
                meters,
                seconds -> Gauge.builder("tempo.eval.awaited.seconds", seconds),
                planner::awaited,
                planner.clock());
        Gauge.builder("tempo.eval.services.silent", services, OtherServices::silentServices)
                .register(meters);
        for (ShadowOutcome outcome : ShadowOutcome.values()) {
            FunctionCounter.builder("tempo.eval.shadow.questions", planner, shadows -> shadows.shadows(outcome))
                    .tag("outcome", outcome.word())
                    .register(meters);
        }
        Gauge.builder("tempo.eval.shadow.open", planner, EvaluationPlanner::openShadows)
                .register(meters);
        for (String measure : List.of(ShadowComparison.VALUE, ShadowComparison.VERDICT)) {
            show("tempo.eval.shadow.pairs", measure, planner, ShadowComparison::pairs);
            show("tempo.eval.shadow.difference", measure, planner, ShadowComparison::difference);
            show("tempo.eval.shadow.difference.low", measure, planner, ShadowComparison::low);
            show("tempo.eval.shadow.difference.high", measure, planner, ShadowComparison::high);
        }
        Gauge.builder("tempo.eval.round.stalled", planner, EvaluationPlanner::stalledRounds)
                .register(meters);
    }

    private void show(
            String name, String measure, EvaluationPlanner planner, ToDoubleFunction<ShadowComparison> number) {
        Gauge.builder(
                        name,
                        planner,
                        shown -> shown.shadowComparisons().stream()
                                .filter(comparison -> comparison.measure().equals(measure))
                                .mapToDouble(number)
                                .findFirst()
                                .orElse(Double.NaN))
                .tag("measure", measure)
                .register(meters);
    }

    /** Shows the scores of a report. */
    public void on(EvaluationReport report) {
        for (SetReport set : report.sets()) {
            show("tempo.eval.accuracy", Tags.of("set", set.set()), set.avg().value());
            set.passAt()
                    .forEach((k, score) ->
                            show("tempo.eval.pass.at.k", Tags.of("set", set.set(), "k", k.toString()), score.value()));
            Double inFormat = set.inFormat();
            if (inFormat != null) {
                show("tempo.eval.in.format", Tags.of("set", set.set()), inFormat);
            }
        }
        CriticReport critic = report.critic();
        if (critic != null) {
            show("tempo.eval.critic.auc", Tags.empty(), critic.auc());
            show("tempo.eval.critic.brier", Tags.empty(), critic.brier());
        }
    }

    /** The count of requests that were repeated. */
    public void askedAgain(List<Outgoing<?>> requests) {
        requests.forEach(again -> reasked.increment(again.messages().size()));
    }

    private void show(String name, Tags tags, double score) {
        String key = name + tags;
        if (latest.put(key, score) == null) {
            Gauge.builder(name, latest, scores -> scores.getOrDefault(key, Double.NaN))
                    .tags(tags)
                    .register(meters);
        }
    }
}
