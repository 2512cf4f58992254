package dev.tempo.algorithm.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operations that fixture files are about. Where two share fields, the one with more of its own stands first. */
enum FixtureKind {
    MASKED_STATISTICS(
            "masked sum / mean / variance / whitening",
            Set.of("values", "mask"),
            Set.of("masked_mean"),
            StatisticsCases::maskedStatistics),
    RELEASED_GENERALISED(
            "TEMPO GAE variant",
            Set.of("values", "token_rewards", "mask", "is_labelled", "gamma", "lam"),
            Set.of("critic_targets"),
            AdvantageCases::releasedGeneralised),
    RELEASED_GROUP(
            "TEMPO group variant",
            Set.of("values", "token_rewards", "mask", "is_labelled", "group", "epsilon"),
            Set.of("critic_targets"),
            AdvantageCases::releasedGroup),
    RELEASED_TOKEN(
            "TEMPO token advantage (labelled: verifier outcome; unlabelled: last value)",
            Set.of("values", "token_rewards", "mask", "is_labelled"),
            Set.of("critic_targets"),
            AdvantageCases::releasedToken),
    GENERALISED_ADVANTAGE(
            "generalised advantage estimation with interior masks",
            Set.of("token_rewards", "values", "mask", "gamma", "lam"),
            Set.of("advantages_raw"),
            AdvantageCases::generalised),
    GROUP_ADVANTAGE(
            "group relative outcome advantage",
            Set.of("scores", "group", "mask"),
            Set.of("advantages"),
            AdvantageCases::groupNormalised),
    GROUP_FILTER(
            "which prompt groups stay in the batch", Set.of("groups"), Set.of("kept"), AdvantageCases::groupFilter),
    LOSS_AGGREGATION(
            "aggregate per-token losses", Set.of("loss", "mask", "mode"), Set.of("verl_2026"), LossCases::aggregation),
    DUAL_CLIP(
            "dual-clip PPO policy loss",
            Set.of("old_logp", "new_logp", "advantages", "mask", "dual_clip_c"),
            Set.of("loss"),
            LossCases::tokenClip),
    SEQUENCE_CLIP(
            "GSPO sequence-ratio policy loss",
            Set.of("old_logp", "new_logp", "advantages", "mask"),
            Set.of("sequence_ratio"),
            LossCases::sequenceClip),
    TOKEN_CLIP(
            "clipped PPO policy loss (no dual clip)",
            Set.of("old_logp", "new_logp", "advantages", "mask"),
            Set.of("loss"),
            LossCases::tokenClip),
    MEAN_SHIFT_VALUE_LOSS(
            "TEMPO value loss: labelled rows only, clip on the mean shift of a sequence",
            Set.of("new_values", "old_values", "returns", "mask", "is_labelled"),
            Set.of("loss"),
            LossCases::meanShiftValueLoss),
    VALUE_LOSS(
            "token-clipped value loss",
            Set.of("new_values", "old_values", "returns", "mask"),
            Set.of("loss"),
            LossCases::valueLoss),
    KL_ESTIMATORS(
            "k1, |k1|, k2, k3 and straight-through forms",
            Set.of("logp", "ref_logp", "mask"),
            Set.of("k1"),
            StatisticsCases::klEstimators),
    KL_REWARD(
            "KL folded into token rewards, adaptive coefficient",
            Set.of("token_scores", "logp", "ref_logp", "beta"),
            Set.of("token_rewards"),
            StatisticsCases::klReward),
    KL_CONTROLLER(
            "adaptive coefficient",
            Set.of("initial_beta", "target_kl", "horizon", "updates"),
            Set.of("beta_after_each"),
            StatisticsCases::klReward),
    ENTROPY(
            "token entropy and log-probability from logits",
            Set.of("logits", "tokens"),
            Set.of("entropy_per_token"),
            StatisticsCases::entropy),
    MAJORITY_VOTE("majority vote reward", Set.of("answers", "equivalent"), Set.of(), ScoreCases::majorityVote),
    CLUSTER_SHARE(
            "semantic cluster reward",
            Set.of("answers", "pairwise_equal"),
            Set.of("reward_entropy"),
            ScoreCases::clusterShare),
    PASS_AT_K(
            "avg@n and unbiased pass@k for one problem",
            Set.of("samples", "correct"),
            Set.of("pass_at"),
            ScoreCases::passAtK),
    CRITIC_QUALITY(
            "AUROC and explained variance of critic scores",
            Set.of("scores", "confidences"),
            Set.of("auroc"),
            ScoreCases::criticQuality);

    private final String operation;
    private final Set<String> inputs;
    private final Set<String> outputs;
    private final Consumer<FixtureCase> check;

    FixtureKind(String operation, Set<String> inputs, Set<String> outputs, Consumer<FixtureCase> check) {
        this.operation = operation;
        this.inputs = inputs;
        this.outputs = outputs;
        this.check = check;
    }

    static Optional<FixtureKind> of(@Nullable Object operation, List<?> cases) {
        for (FixtureKind kind : values()) {
            if (kind.operation.equals(operation)) {
                return Optional.of(kind);
            }
        }
        for (FixtureKind kind : values()) {
            if (cases.stream().anyMatch(kind::hasFields)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    String operation() {
        return operation;
    }

    void check(FixtureCase one) {
        check.accept(one);
    }

    private boolean hasFields(@Nullable Object entry) {
        return entry instanceof Map<?, ?> one
                && one.get("input") instanceof Map<?, ?> input
                && one.get("output") instanceof Map<?, ?> output
                && input.keySet().containsAll(inputs)
                && output.keySet().containsAll(outputs);
    }
}
