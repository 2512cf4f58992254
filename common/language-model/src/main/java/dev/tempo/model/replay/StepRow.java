package dev.tempo.model.replay;

import dev.tempo.contract.EnvironmentMask;
import dev.tempo.contract.TokenIds;
import dev.tempo.model.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * A row of a mini-batch, as it was fed to a step.
 *
 * @param oldLogProbs of a policy's row, per response token
 * @param advantages of a policy's row, per response token
 * @param oldValues of a critic's row, one more than response tokens
 * @param outcome of a critic's row
 */
public record StepRow(
        TokenIds prompt,
        TokenIds response,
        EnvironmentMask environment,
        @Nullable PackedNumbers oldLogProbs,
        @Nullable PackedNumbers advantages,
        @Nullable PackedNumbers oldValues,
        @Nullable Float outcome) {

    static StepRow of(Sequence sequence) {
        return of(sequence, null, null, null, null);
    }

    static StepRow ofPolicy(Sequence sequence, float[] oldLogProbs, float[] advantages) {
        return of(sequence, PackedNumbers.of(oldLogProbs), PackedNumbers.of(advantages), null, null);
    }

    static StepRow ofCritic(Sequence sequence, float[] oldValues, float outcome) {
        return of(sequence, null, null, PackedNumbers.of(oldValues), outcome);
    }

    private static StepRow of(
            Sequence sequence,
            @Nullable PackedNumbers oldLogProbs,
            @Nullable PackedNumbers advantages,
            @Nullable PackedNumbers oldValues,
            @Nullable Float outcome) {
        return new StepRow(
                TokenIds.of(sequence.promptIds()),
                TokenIds.of(sequence.responseIds()),
                EnvironmentMask.of(sequence.environmentMask()),
                oldLogProbs,
                advantages,
                oldValues,
                outcome);
    }

    Sequence sequence() {
        return new Sequence(prompt.toArray(), response.toArray(), environment.toArray());
    }
}
