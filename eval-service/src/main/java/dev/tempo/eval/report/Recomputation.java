package dev.tempo.eval.report;

import dev.tempo.algorithm.CriticQuality;
import dev.tempo.algorithm.PassAtK;
import dev.tempo.contract.Answer;
import dev.tempo.contract.CriticReport;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.judging.JudgeChain;
import dev.tempo.judging.Judges;
import dev.tempo.judging.rule.BoxedJudge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run's scores computed again from the records on its topics, without the code that reported them: rule verdicts are
 * judged again, scores counted again. The first record of an id counts, as it does in the services.
 */
public final class Recomputation {
    private static final double TOLERANCE = 1e-12;

    private final String run;
    private final Recipe recipe;
    private final Judges judges = new Judges(Judges.builtIn());
    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<TrajectoryId, JudgedTrajectory> judged = new TreeMap<>();
    private final Map<TrajectoryId, ValuedTrajectory> valued = new TreeMap<>();

    public Recomputation(String run, Recipe recipe) {
        this.run = run;
        this.recipe = recipe;
    }

    /** One number of a report beside what the records say. */
    public record Check(String what, double reported, double recomputed) {
        public boolean agrees() {
            return Math.abs(reported - recomputed) <= TOLERANCE;
        }
    }

    public void add(Answer answer) {
        if (answer.run().equals(run)) {
            answers.put(answer.question(), answer);
        }
    }

    public void add(JudgedTrajectory trajectory) {
        if (ours(trajectory.trajectory())) {
            judged.putIfAbsent(trajectory.trajectory().id(), trajectory);
        }
    }

    public void add(ValuedTrajectory trajectory) {
        if (ours(trajectory.trajectory())) {
            valued.putIfAbsent(trajectory.trajectory().id(), trajectory);
        }
    }

    /** Verdicts of rule judges that come out differently now, each described; empty when all stand. */
    public List<String> changedVerdicts() {
        List<String> changed = new ArrayList<>();
        List<String> rules = judges.names();
        for (JudgedTrajectory row : judged.values()) {
            Verdict was = row.verdict();
            RequestId request = row.trajectory().id().request();
            Answer answer = answers.get(request.question());
            if (row.trajectory().isFailed() || !rules.contains(was.judge())) {
                continue;
            }
            Verdict now = answer == null ? null : again(row.trajectory(), answer, was.judge());
            if (now == null || now.outcome() != was.outcome()) {
                changed.add(row.trajectory().id() + " was " + was.outcome().name() + ", is "
                        + (now == null ? "without an answer" : now.outcome().name()));
            }
        }
        return changed;
    }

    /**
     * The verdict of the judge that decided, behind {@link BoxedJudge} where the recipe has that: others before it in its chain decided
     * nothing, and may not be installed here.
     */
    private Verdict again(Trajectory trajectory, Answer answer, String judge) {
        boolean boxed = recipe.judgesOf(answer.domain()).contains(BoxedJudge.NAME) && !judge.equals(BoxedJudge.NAME);
        List<String> chain = boxed ? List.of(BoxedJudge.NAME, judge) : List.of(judge);
        return new JudgeChain(answer.domain(), chain, judges)
                .judge(
                        answer.text(),
                        answer.answer(),
                        trajectory.response(),
                        trajectory.stopReason() == StopReason.END);
    }

    /** The scores of a report, each beside the same score from the records. */
    public List<Check> check(EvaluationReport report) {
        List<Check> checks = new ArrayList<>();
        Map<String, Map<String, List<JudgedTrajectory>>> bySet = questionsBySet(report.version());
        for (SetReport set : report.sets()) {
            String prefix = "v" + report.version() + " " + set.set() + " ";
            List<List<JudgedTrajectory>> questions =
                    List.copyOf(bySet.getOrDefault(set.set(), Map.of()).values());
            List<PassAtK> counts = questions.stream().map(Recomputation::count).toList();
            checks.add(new Check(prefix + "avg@" + set.samples(), set.avg().value(), PassAtK.meanAverage(counts)));
            set.passAt()
                    .forEach((k, score) -> checks.add(new Check(
                            prefix + "pass@" + k,
                            score.value(),
                            counts.stream()
                                    .mapToDouble(count -> count.at(Math.min(k, count.samples())))
                                    .average()
                                    .orElse(0))));
            checks.add(new Check(
                    prefix + "maj@" + set.samples(),
                    set.majority().value(),
                    questions.stream()
                            .mapToDouble(Recomputation::majority)
                            .average()
                            .orElse(0)));
        }
        CriticReport critic = report.critic();
        if (critic != null) {
            criticChecks(report.version(), critic, checks);
        }
        return checks;
    }

    private void criticChecks(int version, CriticReport reported, List<Check> checks) {
        List<Double> confidences = new ArrayList<>();
        List<Boolean> correct = new ArrayList<>();
        valued.forEach((id, row) -> {
            JudgedTrajectory twin = judged.get(id);
            if (id.request().round() == version
                    && twin != null
                    && twin.verdict().outcome() != Outcome.UNDECIDED
                    && row.values().length() > 0) {
                confidences.add((double) row.values().get(row.values().length() - 1));
                correct.add(twin.verdict().outcome() == Outcome.CORRECT);
            }
        });
        double[] last = confidences.stream().mapToDouble(Double::doubleValue).toArray();
        boolean[] right = new boolean[last.length];
        for (int i = 0; i < right.length; i++) {
            right[i] = correct.get(i);
        }
        String prefix = "v" + version + " critic ";
        checks.add(new Check(prefix + "AUC", reported.auc(), CriticQuality.auc(last, right)));
        checks.add(new Check(prefix + "Brier", reported.brier(), CriticQuality.brier(last, right)));
    }

    /** Decided rows of a version by set and question; questions without any are left out, as in the definitions. */
    private Map<String, Map<String, List<JudgedTrajectory>>> questionsBySet(int version) {
        Map<String, Map<String, List<JudgedTrajectory>>> bySet = new LinkedHashMap<>();
        judged.forEach((id, row) -> {
            if (id.request().round() == version && row.verdict().outcome() != Outcome.UNDECIDED) {
                String question = id.request().question();
                bySet.computeIfAbsent(question.substring(0, question.indexOf('/')), any -> new TreeMap<>())
                        .computeIfAbsent(question, any -> new ArrayList<>())
                        .add(row);
            }
        });
        return bySet;
    }

    private static PassAtK count(List<JudgedTrajectory> samples) {
        return new PassAtK(samples.size(), (int) samples.stream()
                .filter(row -> row.verdict().outcome() == Outcome.CORRECT)
                .count());
    }

    private static double majority(List<JudgedTrajectory> samples) {
        List<@Nullable String> given = new ArrayList<>();
        boolean[] correct = new boolean[samples.size()];
        for (int i = 0; i < correct.length; i++) {
            given.add(samples.get(i).verdict().answer());
            correct[i] = samples.get(i).verdict().outcome() == Outcome.CORRECT;
        }
        return PassAtK.majorityAt(correct.length, given, correct);
    }

    private boolean ours(Trajectory trajectory) {
        return trajectory.id().request().run().equals(run);
    }
}
