package dev.tempo.model.replay;

import dev.tempo.model.training.CriticLossSettings;
import dev.tempo.model.training.CriticMiniBatch;
import dev.tempo.model.training.PolicyLossSettings;
import dev.tempo.model.training.PolicyMiniBatch;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A step of a policy's or a critic's trainer: its mini-batch, and the settings of its loss.
 *
 * @param rehearsal traces beside a policy's rows
 * @param policyLoss null of a critic's step
 * @param criticLoss null of a policy's step
 */
public record RecordedStep(
        List<StepRow> rows,
        List<StepRow> rehearsal,
        @Nullable PolicyLossSettings policyLoss,
        @Nullable CriticLossSettings criticLoss) {
    public RecordedStep {
        rows = List.copyOf(rows);
        rehearsal = List.copyOf(rehearsal);
    }

    static RecordedStep of(PolicyMiniBatch batch, PolicyLossSettings loss) {
        List<StepRow> rows = IntStream.range(0, batch.sequences().size())
                .mapToObj(row -> StepRow.ofPolicy(
                        batch.sequences().get(row),
                        batch.oldLogProbs().get(row),
                        batch.advantages().get(row)))
                .toList();
        return new RecordedStep(
                rows, batch.rehearsal().stream().map(StepRow::of).toList(), loss, null);
    }

    static RecordedStep of(CriticMiniBatch batch, CriticLossSettings loss) {
        List<StepRow> rows = IntStream.range(0, batch.sequences().size())
                .mapToObj(row -> StepRow.ofCritic(
                        batch.sequences().get(row),
                        batch.oldValues().isEmpty()
                                ? new float[0]
                                : batch.oldValues().get(row),
                        batch.outcomes().get(row)))
                .toList();
        return new RecordedStep(rows, List.of(), null, loss);
    }

    PolicyMiniBatch policyBatch() {
        return new PolicyMiniBatch(
                rows.stream().map(StepRow::sequence).toList(),
                rows.stream()
                        .map(row -> Objects.requireNonNull(row.oldLogProbs()).toArray())
                        .toList(),
                rows.stream()
                        .map(row -> Objects.requireNonNull(row.advantages()).toArray())
                        .toList(),
                rehearsal.stream().map(StepRow::sequence).toList());
    }

    CriticMiniBatch criticBatch() {
        List<float[]> oldValues = rows.stream()
                .map(row -> Objects.requireNonNull(row.oldValues()).toArray())
                .toList();
        return new CriticMiniBatch(
                rows.stream().map(StepRow::sequence).toList(),
                rows.stream().map(row -> Objects.requireNonNull(row.outcome())).toList(),
                oldValues.stream().anyMatch(values -> values.length == 0) ? List.of() : oldValues);
    }
}
