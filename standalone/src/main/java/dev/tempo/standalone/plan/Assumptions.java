package dev.tempo.standalone.plan;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.WeightType;

/**
 * The assumptions of a plan, beside what recipe and model say.
 *
 * @param matrixShare of a device's peak that measuring and training reach
 * @param bandwidthShare of a device's bandwidth that decoding reaches
 * @param layerSeconds that a decoding step takes for each layer, however little it computes: calls and launches
 * @param promptTokens of a question, on average
 * @param responseTokens of a response, on average
 * @param fileRate bytes a second of writing, hashing or reading a file
 * @param together responses that one worker decodes side by side at most
 * @param evaluationResponses of one evaluation
 */
public record Assumptions(
        Card card,
        double matrixShare,
        double bandwidthShare,
        double layerSeconds,
        int promptTokens,
        int responseTokens,
        double fileRate,
        int together,
        long evaluationResponses) {
    /** Matrix products of Llama 3 405B on H100 reached 38 to 43 %. */
    private static final double GPU_MATRIX_SHARE = .4;
    /** vLLM reached 77 % alone on an A100; less is left where caches of unlike lengths are read. */
    private static final double GPU_BANDWIDTH_SHARE = .6;
    /** 8.4 ms for 32 layers in eager PyTorch on an H100. */
    private static final double GPU_LAYER_SECONDS = 8.4e-3 / 32;
    /** 320 us for 4 layers, docs/benchmarks.md. */
    private static final double CORE_LAYER_SECONDS = 320e-6 / 4;

    private static final int WIDE = 256;
    private static final double NARROW_CORE_SHARE = .2;
    private static final double WIDE_CORE_SHARE = .55;
    private static final double FILE_RATE = 1e9;

    public Assumptions {
        share("--peak-share", matrixShare);
        share("--bandwidth-share", bandwidthShare);
        if (promptTokens < 1 || responseTokens < 1 || together < 1 || evaluationResponses < 0) {
            throw new IllegalArgumentException("tokens and responses must be at least 1, but are " + promptTokens + ", "
                    + responseTokens + ", " + together + ", " + evaluationResponses);
        }
    }

    private static void share(String name, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " must be above 0 and at most 1, but is " + share);
        }
    }

    /** What is assumed of a device for a model where nobody says otherwise. */
    public static Assumptions of(
            Card card,
            ModelConfig config,
            int promptTokens,
            int responseTokens,
            int together,
            long evaluationResponses) {
        boolean core = card.isCore();
        double coreShare = config.hiddenSize() < WIDE ? NARROW_CORE_SHARE : WIDE_CORE_SHARE;
        return new Assumptions(
                card,
                core ? coreShare : GPU_MATRIX_SHARE,
                core ? 1 : GPU_BANDWIDTH_SHARE,
                core ? CORE_LAYER_SECONDS : GPU_LAYER_SECONDS,
                promptTokens,
                responseTokens,
                FILE_RATE,
                together,
                evaluationResponses);
    }

    /** The same with other shares; 0 leaves one as it is. */
    public Assumptions withShares(double matrix, double bandwidth) {
        return new Assumptions(
                card,
                matrix == 0 ? matrixShare : matrix,
                bandwidth == 0 ? bandwidthShare : bandwidth,
                layerSeconds,
                promptTokens,
                responseTokens,
                fileRate,
                together,
                evaluationResponses);
    }

    WeightType inference() {
        return card.isCore() ? WeightType.FLOAT32 : WeightType.BFLOAT16;
    }

    /** The operations a second of matrix products in a type. */
    double operations(boolean bfloat16) {
        return matrixShare * (bfloat16 ? card.matrixPeak() : card.floatPeak());
    }

    double bytes() {
        return bandwidthShare * card.bandwidth();
    }
}
