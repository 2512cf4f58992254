package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.standalone.launch.Service;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class MetricsTest {
    private static final Map<Service, List<String>> MOVED = Map.of(
            Service.ROLLOUT,
            List.of(
                    "tempo_rollout_trajectories_total{stop=\"end\"}",
                    "tempo_rollout_tokens_total",
                    "tempo_rollout_response_tokens_count",
                    "tempo_rollout_response_tokens_sum",
                    "tempo_rollout_generation_seconds_count"),
            Service.CRITIC,
            List.of("tempo_critic_loss", "tempo_critic_recalibrations_total", "tempo_critic_values_total"),
            Service.POLICY,
            List.of(
                    "tempo_policy_version",
                    "tempo_policy_loss",
                    "tempo_policy_approx_kl",
                    "tempo_policy_clip_fraction",
                    "tempo_policy_gradient_norm",
                    "tempo_policy_logprob_gap",
                    "tempo_policy_refinement_seconds_count"),
            Service.JUDGE,
            List.of(
                    "tempo_judge_verdicts_total{judge=\"block-inversion\",outcome=\"correct\"}",
                    "tempo_judge_verdicts_total{judge=\"block-inversion\",outcome=\"wrong\"}",
                    "tempo_judge_latency_seconds_count{judge=\"block-inversion\"}"),
            Service.EVAL,
            List.of(
                    "tempo_eval_accuracy{set=\"unlabeled\"}",
                    "tempo_eval_accuracy{set=\"holdout\"}",
                    "tempo_eval_pass_at_k{k=\"2\",set=\"unlabeled\"}",
                    "tempo_eval_pass_at_k{k=\"4\",set=\"holdout\"}",
                    "tempo_eval_critic_brier"));

    /** These stand at 0 while all is well; the area under the curve may, and is there once a report has come. */
    private static final Map<Service, List<String>> PRESENT = Map.of(
            Service.ROLLOUT, careFor("rollout", "tempo_rollout_requests_failed_total"),
            Service.CRITIC, careFor("critic"),
            Service.POLICY, List.of("tempo_policy_round_stalled", "tempo_policy_awaited_seconds"),
            Service.JUDGE, List.of("tempo_judge_awaited_seconds"),
            Service.EVAL, careFor("eval", "tempo_eval_critic_auc"));

    @Test
    void everyMeterOfEveryServiceHasMovedAfterARunAndHealthIsGood(RunningSystem system) throws IOException {
        // Steps and a clip such that some ratio is clipped.
        system.finished(
                "measured",
                system.workload()
                        .variant("measured", "rounds: 2, policy: {learningRate: 1e-3, clip: [0.0001, 0.0001]}"));

        for (Service service : Service.values()) {
            String text = system.get(service, "/actuator/prometheus").orElseThrow();
            for (String name : MOVED.getOrDefault(service, List.of())) {
                assertThat(value(text, name))
                        .as("%s of %s", name, service.module())
                        .isFinite()
                        .isNotZero();
            }
            for (String name : PRESENT.getOrDefault(service, List.of())) {
                assertThat(value(text, name))
                        .as("%s of %s", name, service.module())
                        .isFinite();
            }
            assertThat(system.get(service, "/actuator/health").orElseThrow())
                    .startsWith("{")
                    .contains("\"status\":\"UP\"")
                    .doesNotContain("DOWN", "OUT_OF_SERVICE");
        }
    }

    private static List<String> careFor(String service, String... further) {
        return Stream.concat(
                        Stream.of("requests_open", "requests_reasked_total", "round_stalled", "awaited_seconds")
                                .map(name -> "tempo_" + service + "_" + name),
                        Stream.of(further))
                .toList();
    }

    private static double value(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " ") || (!name.contains("{") && line.startsWith(name + "{")))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }
}
