package dev.tempo.conformance.formula;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A kind of fixture file: the operation that its cases are about.
 *
 * @param operation the value of the file's {@code op}
 * @param inputs the fields of a case's input
 * @param outputs the fields of a case's output
 * @param check computes the outputs of a case and compares them
 */
record FixtureKind(String operation, Set<String> inputs, Set<String> outputs, Consumer<FixtureCase> check) {
    /**
     * The known kinds. Of two kinds that share fields the one with more fields of its own comes first, since the first that
     * fits is taken.
     */
    private static final List<FixtureKind> ALL = List.of(
            new FixtureKind(
                    "masked sum / mean / variance / whitening",
                    Set.of("values", "mask"),
                    Set.of("masked_mean"),
                    StatisticsCases::maskedStatistics),
            new FixtureKind(
                    "TEMPO GAE variant",
                    Set.of("values", "token_rewards", "mask", "is_labelled", "gamma", "lam"),
                    Set.of("critic_targets"),
                    AdvantageCases::releasedGeneralised),
            new FixtureKind(
                    "TEMPO group variant",
                    Set.of("values", "token_rewards", "mask", "is_labelled", "group", "epsilon"),
                    Set.of("critic_targets"),
                    AdvantageCases::releasedGroup),
            new FixtureKind(
                    "TEMPO token advantage (labelled: verifier outcome; unlabelled: last value)",
                    Set.of("values", "token_rewards", "mask", "is_labelled"),
                    Set.of("critic_targets"),
                    AdvantageCases::releasedToken),
            new FixtureKind(
                    "generalised advantage estimation with interior masks",
                    Set.of("token_rewards", "values", "mask", "gamma", "lam"),
                    Set.of("advantages_raw"),
                    AdvantageCases::generalised),
            new FixtureKind(
                    "group relative outcome advantage",
                    Set.of("scores", "group", "mask"),
                    Set.of("advantages"),
                    AdvantageCases::groupNormalised),
            new FixtureKind(
                    "which prompt groups stay in the batch",
                    Set.of("groups"),
                    Set.of("kept"),
                    AdvantageCases::groupFilter),
            new FixtureKind(
                    "aggregate per-token losses",
                    Set.of("loss", "mask", "mode"),
                    Set.of("verl_2026"),
                    LossCases::aggregation),
            new FixtureKind(
                    "dual-clip PPO policy loss",
                    Set.of("old_logp", "new_logp", "advantages", "mask", "dual_clip_c"),
                    Set.of("loss"),
                    LossCases::tokenClip),
            new FixtureKind(
                    "GSPO sequence-ratio policy loss",
                    Set.of("old_logp", "new_logp", "advantages", "mask"),
                    Set.of("sequence_ratio"),
                    LossCases::sequenceClip),
            new FixtureKind(
                    "clipped PPO policy loss (no dual clip)",
                    Set.of("old_logp", "new_logp", "advantages", "mask"),
                    Set.of("loss"),
                    LossCases::tokenClip),
            new FixtureKind(
                    "TEMPO value loss: labelled rows only, clip on the mean shift of a sequence",
                    Set.of("new_values", "old_values", "returns", "mask", "is_labelled"),
                    Set.of("loss"),
                    LossCases::meanShiftValueLoss),
            new FixtureKind(
                    "token-clipped value loss",
                    Set.of("new_values", "old_values", "returns", "mask"),
                    Set.of("loss"),
                    LossCases::valueLoss),
            new FixtureKind(
                    "k1, |k1|, k2, k3 and straight-through forms",
                    Set.of("logp", "ref_logp", "mask"),
                    Set.of("k1"),
                    StatisticsCases::klEstimators),
            new FixtureKind(
                    "KL folded into token rewards, adaptive coefficient",
                    Set.of("token_scores", "logp", "ref_logp", "beta"),
                    Set.of("token_rewards"),
                    StatisticsCases::klReward),
            new FixtureKind(
                    "adaptive coefficient",
                    Set.of("initial_beta", "target_kl", "horizon", "updates"),
                    Set.of("beta_after_each"),
                    StatisticsCases::klReward),
            new FixtureKind(
                    "token entropy and log-probability from logits",
                    Set.of("logits", "tokens"),
                    Set.of("entropy_per_token"),
                    StatisticsCases::entropy),
            new FixtureKind(
                    "majority vote reward", Set.of("answers", "equivalent"), Set.of(), ScoreCases::majorityVote),
            new FixtureKind(
                    "semantic cluster reward",
                    Set.of("answers", "pairwise_equal"),
                    Set.of("reward_entropy"),
                    ScoreCases::clusterShare),
            new FixtureKind(
                    "avg@n and unbiased pass@k for one problem",
                    Set.of("samples", "correct"),
                    Set.of("pass_at"),
                    ScoreCases::passAtK),
            new FixtureKind(
                    "AUROC and explained variance of critic scores",
                    Set.of("scores", "confidences"),
                    Set.of("auroc"),
                    ScoreCases::criticQuality));

    static Optional<FixtureKind> of(@Nullable Object operation, List<?> cases) {
        return ALL.stream()
                .filter(kind -> kind.operation.equals(operation))
                .findFirst()
                .or(() -> ALL.stream()
                        .filter(kind -> cases.stream().anyMatch(kind::hasFields))
                        .findFirst());
    }

    private boolean hasFields(@Nullable Object entry) {
        return entry instanceof Map<?, ?> one
                && one.get("input") instanceof Map<?, ?> input
                && one.get("output") instanceof Map<?, ?> output
                && input.keySet().containsAll(inputs)
                && output.keySet().containsAll(outputs);
    }
}
