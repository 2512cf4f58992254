package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.tempo.contract.EnvironmentMask;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.fixtures.PolicyTrainingBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.fixtures.SharedFiles;
import dev.tempo.model.Sequence;
import dev.tempo.model.training.PolicyTrainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole M-step against the Python prototype: its own policy, trajectories and values, three epochs of three mini-batches
 * with rehearsal, at a learning rate that makes the clip bite. The expected numbers came out of the prototype's
 * {@code policy_update} given the order and draws that the keys say, with one line changed: its clipped ratio carries no
 * gradient, so that {@code torch.minimum} halves the gradient wherever the clip does not bite and both sides are equal.
 */
class PrototypeRoundTest {
    private static final String CHARACTERS = ".x+*=-/|YN$0123456789a";
    private static final double[] AFTER = {-5.9014, -0.07791, -4.88928, -0.36723, -9.68502, -0.70896, -0.40206, -0.39738
    };

    private static final PolicyTraining POLICY = PolicyTrainingBuilder.policyTraining()
            .learningRate(3e-4)
            .miniBatch(3, 3)
            .rehearsal(.2, 4)
            .build();

    @Test
    void aRoundMovesThePolicyAsThePrototypeDoes() throws Exception {
        Path prototype = SharedFiles.at("prototype");
        List<ValuedTrajectory> rows = rows(prototype.resolve("stage1-seed0/reference.json"));
        Rehearsal rehearsal = Rehearsal.of(traces(prototype.resolve("base-seed0/rehearsal.jsonl")));
        try (PolicyTrainer policy = PolicyTrainer.start(prototype.resolve("stage1-seed0/policy"), POLICY.optimizer())) {
            Update update = new Refinement(policy, rehearsal, 0).refine(30, stage(), rows);

            assertThat(update.statistics().get("loss")).isCloseTo(-0.000171, offset(1e-4));
            assertThat(update.statistics().get("gradient.norm")).isCloseTo(0.838417, offset(1e-3));
            assertThat(update.statistics().get("clip.fraction")).isCloseTo(0.437834, offset(1e-4));
            assertThat(update.statistics().get("approx.kl")).isCloseTo(0.037922, offset(1e-4));
            assertThat(update.statistics().get("entropy")).isCloseTo(0.096263, offset(1e-4));
            assertThat(update.statistics().get("reward.mean")).isCloseTo(0.638602, offset(1e-6));
            assertThat(update.statistics().get("advantage.mean.abs")).isCloseTo(0.797255, offset(1e-5));
            assertThat(update.statistics().get("logprob.gap")).isCloseTo(0, offset(1e-4));
            assertThat(logProbs(policy, rows)).containsExactly(AFTER, offset(2e-3));
        }
    }

    private static double[] logProbs(PolicyTrainer policy, List<ValuedTrajectory> rows) {
        List<Sequence> sequences = RefinementBatch.of(rows, false).sequences();
        List<float[]> logProbs = policy.logProbs(sequences);
        double[] sums = new double[rows.size()];
        for (int row = 0; row < sums.length; row++) {
            for (int t = 0; t < logProbs.get(row).length; t++) {
                sums[row] += sequences.get(row).environmentMask()[t] ? 0 : logProbs.get(row)[t];
            }
        }
        return sums;
    }

    private static List<ValuedTrajectory> rows(Path reference) {
        List<ValuedTrajectory> rows = new ArrayList<>();
        for (JsonNode row : JsonMapper.shared().readTree(reference)) {
            int prompt = row.get("prompt_length").intValue();
            int response = row.get("log_probs").size();
            int[] ids = new int[prompt + response];
            float[] logProbs = new float[response];
            boolean[] environment = new boolean[response];
            float[] values = new float[response + 1];
            for (int t = 0; t < ids.length; t++) {
                ids[t] = row.get("ids").get(t).intValue();
            }
            for (int t = 0; t < response; t++) {
                logProbs[t] = row.get("log_probs").get(t).floatValue();
                environment[t] = row.get("calculator").get(t).intValue() == 1;
            }
            for (int t = 0; t < values.length; t++) {
                values[t] = row.get("values").get(t).floatValue();
            }
            int padding = (int) Arrays.stream(ids).takeWhile(id -> id == 0).count();
            Trajectory trajectory = new Trajectory(
                    Rows.id("run", 30, Purpose.UNLABELED, "q" + rows.size(), 0),
                    "default",
                    "prompt",
                    "",
                    TokenIds.of(Arrays.copyOfRange(ids, padding, prompt)),
                    TokenIds.of(Arrays.copyOfRange(ids, prompt, ids.length)),
                    EnvironmentMask.of(environment),
                    LogProbs.of(logProbs),
                    StopReason.END,
                    null);
            rows.add(Rows.valued(trajectory, Values.of(values), values[response]));
        }
        return rows;
    }

    private static List<Sequence> traces(Path file) throws Exception {
        List<Sequence> traces = new ArrayList<>();
        for (String line : Files.readAllLines(file).subList(0, 6)) {
            JsonNode trace = JsonMapper.shared().readTree(line);
            int[] response = ids(trace.get("response").stringValue());
            boolean[] environment = new boolean[response.length];
            trace.get("calculator").forEach(position -> environment[position.intValue()] = true);
            traces.add(new Sequence(ids(trace.get("question").stringValue()), response, environment));
        }
        return traces;
    }

    private static int[] ids(String text) {
        return text.chars().map(CHARACTERS::indexOf).toArray();
    }

    private static Stage stage() {
        return StageBuilder.testTime("tempo")
                .rounds(100)
                .questions(8, 1)
                .policy(POLICY)
                .build();
    }
}
