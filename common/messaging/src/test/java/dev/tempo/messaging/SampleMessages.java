package dev.tempo.messaging;

import dev.tempo.contract.Answer;
import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.CriticReport;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.EnvironmentMask;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Interval;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunEnd;
import dev.tempo.contract.RunOutcome;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.fixtures.CriticTrainingBuilder;
import dev.tempo.contract.fixtures.PolicyTrainingBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.Arithmetic;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.Chat;
import dev.tempo.contract.recipe.CriticLabel;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.Data;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.Training;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.contract.recipe.ValuesFrom;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One message of every kind, named as its golden file. */
final class SampleMessages {
    private SampleMessages() {}

    static Map<String, Object> all() {
        Map<String, Object> all = new TreeMap<>();
        all.put("run-submitted", run());
        all.put("run-end", new RunEnd("run-1", RunOutcome.FINISHED, 3, List.of("2 responses could not be generated")));
        all.put(
                "rollout-request",
                new RolloutRequest(request(), 7, model("policy/v00003"), "math", "1+1=", 2, generation()));
        all.put(
                "rollout-request-chat",
                new RolloutRequest(request(), 7, model("policy/v00003"), "math", "1+1=", 2, chatting()));
        all.put("answer", new Answer("run-1", Purpose.EVALUATION, "holdout/q-1", "1+1=?", "2", "math"));
        all.put("arriving-question", new ArrivingQuestion("q-1", "1+1=?", "math", "kiosk"));
        all.put("promotion", promotion());
        all.put(
                "policy-version-drawn",
                policyVersion(new DrawnQuestions("a-topic", 12, 14, List.of("arrived/q-1"), List.of("cd".repeat(32)))));
        all.put(
                "policy-version-back",
                new PolicyVersion(
                        "run-1",
                        4,
                        model("policy/v00004"),
                        "tempo",
                        3,
                        false,
                        Map.of(),
                        Map.of("dropped", 64),
                        15,
                        9.5,
                        4L,
                        null,
                        null,
                        1));
        all.put("trajectory", trajectory());
        all.put("trajectory-failed", Trajectory.failed(request().sample(1), "math", "1+1=", "out of memory"));
        all.put("judged-trajectory", new JudgedTrajectory(trajectory(), verdict()));
        all.put("judged-trajectory-undecided", new JudgedTrajectory(trajectory(), undecided()));
        all.put(
                "valued-trajectory",
                new ValuedTrajectory(trajectory(), 3, Values.of(0.5f, 0.25f, -1, 0.75f), 0.75, null));
        all.put(
                "valued-trajectory-missing",
                new ValuedTrajectory(trajectory(), 3, Values.of(), null, "undecided: no answer key"));
        all.put("policy-version", policyVersion());
        all.put(
                "critic-version",
                new CriticVersion("run-1", 3, model("critic/v00003"), true, Map.of("loss", 0.125), 12.5, 8.25, 4L));
        all.put("evaluation-report", report());
        return all;
    }

    static Trajectory trajectory() {
        return new Trajectory(
                request().sample(0),
                "math",
                "1+1=",
                "2!",
                TokenIds.of(1, 12, 1, 14),
                TokenIds.of(2, 13, 151_935),
                EnvironmentMask.of(false, true, false),
                LogProbs.of(-0.5f, -0.0625f, -1.5e-7f),
                StopReason.END,
                null);
    }

    private static RequestId request() {
        return new RequestId("run-1", 3, Purpose.UNLABELED, 0, "q-1");
    }

    private static ModelReference model(String path) {
        return new ModelReference("file:///runs/run-1/" + path, "ab".repeat(32));
    }

    private static Generation generation() {
        return new Generation(1.0, 22, "calculator");
    }

    private static Generation chatting() {
        return new Generation(0.6, 4096, null, "{question} Think.", new Chat("Be brief.", false), List.of("\n\n"));
    }

    static Verdict verdict() {
        return new Verdict(Outcome.WRONG, 0.0, "3", true, "rule", "1", "compare", "3 is not 2", null, 0.25);
    }

    private static Verdict undecided() {
        return new Verdict(
                Outcome.UNDECIDED, null, null, null, "model", "2", "timeout", "no reply in time", "<think>", 3000.0);
    }

    private static PolicyVersion policyVersion() {
        return policyVersion(null);
    }

    private static PolicyVersion policyVersion(@Nullable DrawnQuestions drawn) {
        return new PolicyVersion(
                "run-1",
                3,
                model("policy/v00003"),
                "tempo",
                2,
                false,
                Map.of("loss", -0.01),
                Map.of("gradient", 62, "undecided", 2),
                12.5,
                8.25,
                4L,
                null,
                drawn);
    }

    private static Promotion promotion() {
        return new Promotion(
                "run-1",
                3,
                12,
                PromotionOutcome.PROMOTED,
                8,
                model("promoted/v00012"),
                75,
                2,
                List.of(new Promotion.Comparison("avg", 0.625, 0.5, 0.05, 0.99, 0)),
                List.of(new Promotion.ShadowComparison("value", 40, 0.5, 0.375, 0.0625, 0.1875)),
                "wish-1",
                "not worse by more than the margin in any measure",
                4L);
    }

    private static EvaluationReport report() {
        Score score = new Score(0.5, new Interval(0.25, 0.75));
        SetReport set = new SetReport(
                "holdout",
                10,
                16,
                score,
                Map.of(1, score, 8, score),
                score,
                0.125,
                1,
                2,
                0.5,
                3.5,
                Map.of("holdout/1", 0.0625, "holdout/2", 1.0),
                .9375,
                null);
        return new EvaluationReport(
                "run-1",
                3,
                "tempo",
                2,
                true,
                List.of(set),
                new CriticReport(0.75, 0.125, 0.5, 160),
                12.5,
                8.25,
                "run-0");
    }

    static Run run() {
        Data data = new Data(
                new LabeledFile("/data/labeled.jsonl", "id", "question", "answer", "split", null),
                new UnlabeledFile("/data/unlabeled.jsonl", null, "question", null),
                new RehearsalFile("/data/rehearsal.jsonl", "question", "response", "environment"));
        Evaluation evaluation = new Evaluation(
                10,
                16,
                List.of(1, 8, 16),
                Map.of("holdout", new EvaluationSet("/data/holdout.jsonl", "id", "question", "answer", null, false)),
                "holdout");
        Recipe recipe = new Recipe(
                "quickstart",
                7,
                "/bases/seed7",
                new Training(new LowRank(16, 32, List.of("q_proj", "v_proj")), 16384, Arithmetic.BFLOAT16),
                data,
                evaluation,
                generation(),
                Map.of("default", List.of("rule")),
                List.of(stage(), tempo()));
        StageStart start = new StageStart(30, model("stage1/policy"), model("stage1/critic"), "run-0", "f00d");
        return new Run("run-1", RunState.ACTIVE, recipe, model("base"), "/runs/run-1", start);
    }

    private static Stage stage() {
        return StageBuilder.supervised("stage1")
                .from(QuestionSource.LABELED_TRAIN)
                .rounds(30)
                .questions(64, 4)
                .warmUp(40)
                .policy(policyTraining(false))
                .critic(criticTraining())
                .build();
    }

    private static Stage tempo() {
        return StageBuilder.testTime("tempo")
                .rounds(100)
                .questions(16, 16)
                .recalibrated(new RecalibrationSettings(1, QuestionSource.LABELED, 64, 4, ValuesFrom.RECALIBRATED))
                .advantage(Baseline.AFTER, false)
                .policy(policyTraining(true))
                .critic(criticTraining())
                .build();
    }

    private static PolicyTraining policyTraining(boolean labeledRows) {
        return PolicyTrainingBuilder.policyTraining()
                .optimizer(new Optimizer(3e-4, 0.9, 0.95, 0.01, 1))
                .miniBatch(64, 1)
                .rehearsal(0.2, 16)
                .labeledRows(labeledRows)
                .build();
    }

    private static CriticTraining criticTraining() {
        return CriticTrainingBuilder.criticTraining()
                .miniBatch(32, 2)
                .loss(ValueLossKind.SQUARED_ERROR, 0.5, CriticLabel.ZERO_ONE)
                .build();
    }
}
