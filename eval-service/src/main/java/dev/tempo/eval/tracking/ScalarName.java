package dev.tempo.eval.tracking;

import java.util.Arrays;
import java.util.List;

/**
 * The name of a number that trackers get, and the names that users of verl and TRL know the same number by. TRL's have the prefix that
 * its integration of trackers gives them. docs/metrics.md lists them all, with what makes the numbers the same or almost the same.
 *
 * @param ours with {@code SET} for the name of a set, {@code K} for a number of samples
 * @param verl none where verl has no such number
 * @param trl likewise
 */
record ScalarName(String ours, List<String> verl, List<String> trl) {
    static final String SET = "SET";
    static final String SAMPLES = "K";

    private static final String TRL = "train/";

    /** Every number that a line of metrics.jsonl can give, but counts of rows, which depend on the stage. */
    static final List<ScalarName> ALL = List.of(
            name("tempo/policy/loss", List.of("actor/pg_loss"), "loss"),
            name("tempo/policy/approx.kl", List.of("actor/ppo_kl")),
            name("tempo/policy/clip.fraction", List.of("actor/pg_clipfrac"), "clip_ratio/region_mean"),
            name("tempo/policy/gradient.norm", List.of("actor/grad_norm"), "grad_norm"),
            name("tempo/policy/entropy", List.of("actor/entropy"), "entropy"),
            name("tempo/policy/reward.mean", List.of("critic/score/mean", "critic/rewards/mean"), "reward"),
            name("tempo/policy/reward.deviation", List.of(), "reward_std"),
            name("tempo/policy/response.tokens", List.of("response_length/mean"), "completions/mean_length"),
            name("tempo/policy/response.cut", List.of("response_length/clip_ratio"), "completions/clipped_ratio"),
            name("tempo/policy/advantage.mean.abs", List.of()),
            name("tempo/policy/logprob.gap", List.of()),
            name("tempo/policy/seconds", List.of()),
            name("tempo/critic/loss", List.of("critic/vf_loss")),
            name("tempo/critic/gradient.norm", List.of("critic/grad_norm")),
            name("tempo/critic/clip.fraction", List.of("critic/vf_clipfrac")),
            name("tempo/critic/brier", List.of()),
            name("tempo/critic/outcome", List.of()),
            name("tempo/critic/posterior.gap", List.of()),
            name("tempo/critic/posterior.gap.infinite", List.of()),
            name("tempo/eval/SET/avg@K", List.of("val-core/SET/acc/mean@K")),
            name("tempo/eval/SET/pass@K", List.of("val-core/SET/acc/best@K/mean")),
            name("tempo/eval/SET/maj@K", List.of("val-core/SET/acc/maj@K/mean")),
            name("tempo/eval/SET/malformed", List.of()),
            name("tempo/eval/SET/wrongClaimingCorrect", List.of()),
            name("tempo/eval/SET/distinctAnswers", List.of()),
            name("tempo/eval/SET/inFormat", List.of()),
            name("tempo/eval/critic/auc", List.of()),
            name("tempo/eval/critic/brier", List.of()),
            name("tempo/eval/critic/meanValue", List.of()),
            name("tempo/eval/seconds", List.of()),
            name("tempo/eval/cpu.seconds", List.of()));

    ScalarName {
        verl = List.copyOf(verl);
        trl = List.copyOf(trl);
    }

    private static ScalarName name(String ours, List<String> verl, String... trl) {
        return new ScalarName(
                ours, verl, Arrays.stream(trl).map(known -> TRL + known).toList());
    }

    /** The name that fits a path; one without equivalents where none does. */
    static ScalarName of(String ours) {
        return ALL.stream()
                .filter(known -> known.ours.equals(ours))
                .findFirst()
                .orElseGet(() -> new ScalarName(ours, List.of(), List.of()));
    }
}
