package dev.tempo.contract;

import java.util.List;

/**
 * The topics of the system. Each has one record type, one purpose and one service that writes it, so that no reader has
 * to filter.
 */
public final class Topics {
    private Topics() {}

    /** Runs: all that defines each, and its state. */
    public static final Topic<Run> RUNS = new Topic<>("runs", Run.class, Run::run, true, false, "standalone");

    /** The ends of runs. */
    public static final Topic<RunEnd> RUN_ENDS =
            new Topic<>("run-ends", RunEnd.class, RunEnd::run, true, false, "eval-service");

    /** Policy versions, each of which begins a round. */
    public static final Topic<PolicyVersion> POLICY_VERSIONS = new Topic<>(
            "policy-versions",
            PolicyVersion.class,
            v -> PolicyVersion.key(v.run(), v.version()),
            true,
            false,
            "policy-service");

    /** Critic versions, each of which values a round. */
    public static final Topic<CriticVersion> CRITIC_VERSIONS = new Topic<>(
            "critic-versions",
            CriticVersion.class,
            v -> PolicyVersion.key(v.run(), v.version()),
            true,
            false,
            "critic-service");

    /** Requests for answers to labeled questions. */
    public static final Topic<RolloutRequest> LABELED_ROLLOUT_REQUESTS =
            requests("labeled-rollout-requests", "critic-service");
    /** Requests for answers to unlabeled questions. */
    public static final Topic<RolloutRequest> UNLABELED_ROLLOUT_REQUESTS =
            requests("unlabeled-rollout-requests", "rollout-service");
    /** Requests for answers to benchmark questions. */
    public static final Topic<RolloutRequest> EVALUATION_ROLLOUT_REQUESTS =
            requests("evaluation-rollout-requests", "eval-service");
    /** Requests that workers took and did not finish: each is tried alone. */
    public static final Topic<RolloutRequest> SUSPECT_ROLLOUT_REQUESTS =
            requests("suspect-rollout-requests", "rollout-service");

    /** Reference answers of labeled questions, for judges alone. */
    public static final Topic<Answer> LABELED_ANSWERS = answers("labeled-answers", "critic-service");
    /** Reference answers of benchmark questions, for judges alone. */
    public static final Topic<Answer> EVALUATION_ANSWERS = answers("evaluation-answers", "eval-service");

    /** Trajectories on labeled questions, not yet judged. */
    public static final Topic<Trajectory> LABELED_TRAJECTORIES = trajectories("labeled-trajectories");
    /** Trajectories on unlabeled questions. */
    public static final Topic<Trajectory> UNLABELED_TRAJECTORIES = trajectories("unlabeled-trajectories");
    /** Trajectories on benchmark questions, not yet judged. */
    public static final Topic<Trajectory> EVALUATION_TRAJECTORIES = trajectories("evaluation-trajectories");

    /** Trajectories on labeled questions with their verdicts. */
    public static final Topic<JudgedTrajectory> JUDGED_LABELED_TRAJECTORIES = new Topic<>(
            "judged-labeled-trajectories", JudgedTrajectory.class, Topics::run, false, false, "judge-service");
    /** Trajectories on benchmark questions with their verdicts. */
    public static final Topic<JudgedTrajectory> JUDGED_EVALUATION_TRAJECTORIES = new Topic<>(
            "judged-evaluation-trajectories", JudgedTrajectory.class, Topics::run, false, false, "judge-service");
    /** Trajectories on unlabeled questions with the votes on them (TTRL, EMPO and others). */
    public static final Topic<JudgedTrajectory> JUDGED_UNLABELED_TRAJECTORIES = new Topic<>(
            "judged-unlabeled-trajectories",
            JudgedTrajectory.class,
            judged -> question(judged.trajectory()),
            false,
            true,
            "judge-service");

    /** Trajectories with values and reward, from which the policy learns. */
    public static final Topic<ValuedTrajectory> VALUED_TRAJECTORIES = new Topic<>(
            "valued-trajectories",
            ValuedTrajectory.class,
            valued -> valued.trajectory().id().request().run(),
            false,
            false,
            "critic-service");
    /** Trajectories on benchmark questions with the critic's values, by which the critic is measured. */
    public static final Topic<ValuedTrajectory> VALUED_EVALUATION_TRAJECTORIES = new Topic<>(
            "valued-evaluation-trajectories",
            ValuedTrajectory.class,
            valued -> valued.trajectory().id().request().run(),
            false,
            false,
            "critic-service");

    /** Measurements of policy versions. */
    public static final Topic<EvaluationReport> EVALUATION_REPORTS = new Topic<>(
            "evaluation-reports",
            EvaluationReport.class,
            report -> PolicyVersion.key(report.run(), report.version()),
            true,
            false,
            "eval-service");

    /** Questions that arrive while the system runs; any program may write them, policy-service does for those that come by HTTP. */
    public static final Topic<ArrivingQuestion> ARRIVING_QUESTIONS = new Topic<>(
            "arriving-questions",
            ArrivingQuestion.class,
            ArrivingQuestion::id,
            true,
            false,
            "policy-service",
            ArrivingQuestion::deleted);

    /** What became of versions that were tried for promotion. */
    public static final Topic<Promotion> PROMOTIONS = new Topic<>(
            "promotions",
            Promotion.class,
            promotion -> Promotion.key(promotion.run(), promotion.number()),
            true,
            false,
            "eval-service");

    /** All topics. */
    public static List<Topic<?>> all() {
        return List.of(
                RUNS,
                RUN_ENDS,
                POLICY_VERSIONS,
                CRITIC_VERSIONS,
                LABELED_ROLLOUT_REQUESTS,
                UNLABELED_ROLLOUT_REQUESTS,
                EVALUATION_ROLLOUT_REQUESTS,
                SUSPECT_ROLLOUT_REQUESTS,
                LABELED_ANSWERS,
                EVALUATION_ANSWERS,
                LABELED_TRAJECTORIES,
                UNLABELED_TRAJECTORIES,
                EVALUATION_TRAJECTORIES,
                JUDGED_LABELED_TRAJECTORIES,
                JUDGED_EVALUATION_TRAJECTORIES,
                JUDGED_UNLABELED_TRAJECTORIES,
                VALUED_TRAJECTORIES,
                VALUED_EVALUATION_TRAJECTORIES,
                EVALUATION_REPORTS,
                ARRIVING_QUESTIONS,
                PROMOTIONS);
    }

    private static Topic<RolloutRequest> requests(String name, String writer) {
        return new Topic<>(name, RolloutRequest.class, request -> question(request.id()), false, true, writer);
    }

    private static Topic<Answer> answers(String name, String writer) {
        return new Topic<>(name, Answer.class, a -> Answer.key(a.run(), a.question()), true, false, writer);
    }

    private static Topic<Trajectory> trajectories(String name) {
        return new Topic<>(name, Trajectory.class, Topics::question, false, true, "rollout-service");
    }

    private static String run(JudgedTrajectory judged) {
        return judged.trajectory().id().request().run();
    }

    private static String question(Trajectory trajectory) {
        return question(trajectory.id().request());
    }

    private static String question(RequestId id) {
        return id.run() + "/" + id.question();
    }
}
