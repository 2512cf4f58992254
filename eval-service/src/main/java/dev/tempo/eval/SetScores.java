package dev.tempo.eval;

import dev.tempo.algorithm.Bootstrap;
import dev.tempo.algorithm.Entropy;
import dev.tempo.algorithm.PassAtK;
import dev.tempo.contract.Interval;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.eval.report.MeasuredQuestion;
import dev.tempo.eval.report.MeasurementDetail;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One set's scores. Per question, with n decided samples of which c are right: avg@n = c/n, pass@k = 1 - C(n-c,k)/C(n,k)
 * (with n &lt; k: pass@n, a lower bound), maj@n = 1 if the most frequent answer is right, the first seen on a tie. Scores
 * are means over questions with 95 % percentile bootstrap intervals. Undecided samples are left out of n, questions
 * without any decided sample out of everything.
 */
final class SetScores {
    private static final int RESAMPLES = 1000;
    private static final double LEVEL = 0.95;

    private final String set;
    private final Evaluation evaluation;
    private final Bootstrap bootstrap;
    private final SortedMap<String, List<JudgedSample>> questions = new TreeMap<>();
    private final List<JudgedSample> decided = new ArrayList<>();
    private int undecided;
    private int failed;
    private @Nullable String failure;

    /**
     * @param questions each question's samples in sample order, by its id
     * @param seed of the intervals: the same questions are drawn again for every score of one version
     */
    SetScores(String set, SortedMap<String, List<JudgedSample>> questions, Evaluation evaluation, long seed) {
        this.set = set;
        this.evaluation = evaluation;
        this.bootstrap = new Bootstrap(RESAMPLES, LEVEL, seed);
        questions.forEach((question, samples) -> {
            List<JudgedSample> usable =
                    samples.stream().filter(JudgedSample::decided).toList();
            if (!usable.isEmpty()) {
                this.questions.put(question, usable);
            }
            decided.addAll(usable);
            List<String> failures = samples.stream()
                    .map(JudgedSample::failure)
                    .filter(Objects::nonNull)
                    .toList();
            failed += failures.size();
            if (failure == null && !failures.isEmpty()) {
                failure = failures.get(0);
            }
            undecided += (int) samples.stream()
                    .filter(sample -> !sample.decided() && !sample.failed())
                    .count();
        });
    }

    /** One question with each of its samples, by the same definitions. */
    static MeasuredQuestion question(String set, String id, List<JudgedSample> samples, List<Integer> passAt) {
        List<JudgedSample> decided =
                samples.stream().filter(JudgedSample::decided).toList();
        TreeMap<Integer, Double> pass = new TreeMap<>();
        if (!decided.isEmpty()) {
            passAt.forEach(k -> pass.put(k, counted(decided).at(Math.min(k, decided.size()))));
        }
        return new MeasuredQuestion(
                set,
                id,
                decided.isEmpty() ? null : counted(decided).average(),
                pass,
                decided.isEmpty() ? null : majority(decided),
                samples.stream()
                        .map(sample -> new MeasuredQuestion.Response(
                                sample.failed() ? null : sample.outcome(),
                                sample.answer(),
                                sample.tokens(),
                                sample.truncated()))
                        .toList());
    }

    SetReport report() {
        TreeMap<Integer, Score> passAt = new TreeMap<>();
        for (int k : evaluation.passAt(set)) {
            passAt.put(k, score(samples -> counted(samples).at(Math.min(k, samples.size()))));
        }
        List<JudgedSample> wrong =
                decided.stream().filter(sample -> !sample.correct()).toList();
        return new SetReport(
                set,
                questions.size(),
                evaluation.samples(set),
                score(samples -> counted(samples).average()),
                passAt,
                score(SetScores::majority),
                share(decided, sample -> sample.answer() == null ? 1 : 0),
                undecided,
                failed,
                share(wrong, sample -> sample.claimsCorrect() ? 1 : 0),
                share(questions.values(), SetScores::distinctAnswers),
                averages(),
                evaluation.format() == null ? null : share(decided, sample -> sample.inFormat() ? 1 : 0),
                failure);
    }

    private Map<String, Double> averages() {
        Map<String, Double> averages = new TreeMap<>();
        if (questions.size() <= SetReport.QUESTIONS_LISTED) {
            questions.forEach((question, samples) ->
                    averages.put(question, counted(samples).average()));
        }
        return averages;
    }

    private Score score(ToDoubleFunction<List<JudgedSample>> scoring) {
        if (questions.isEmpty()) {
            return new Score(0, new Interval(0, 0));
        }
        Bootstrap.Interval interval =
                bootstrap.mean(questions.values().stream().mapToDouble(scoring).toArray());
        return new Score(interval.estimate(), new Interval(interval.low(), interval.high()));
    }

    private static PassAtK counted(List<JudgedSample> samples) {
        return new PassAtK(samples.size(), (int)
                samples.stream().filter(JudgedSample::correct).count());
    }

    private static double majority(List<JudgedSample> samples) {
        List<@Nullable String> answers = new ArrayList<>();
        boolean[] correct = new boolean[samples.size()];
        for (int i = 0; i < correct.length; i++) {
            answers.add(samples.get(i).answer());
            correct[i] = samples.get(i).correct();
        }
        return PassAtK.majorityAt(correct.length, answers, correct);
    }

    /** The responses themselves, and how evenly answers spread over what is answered. */
    static MeasurementDetail.SetDetail detail(SortedMap<String, List<JudgedSample>> questions) {
        List<JudgedSample> generated = questions.values().stream()
                .flatMap(List::stream)
                .filter(sample -> !sample.failed())
                .toList();
        List<List<JudgedSample>> decided = questions.values().stream()
                .map(samples -> samples.stream().filter(JudgedSample::decided).toList())
                .filter(samples -> !samples.isEmpty())
                .toList();
        return new MeasurementDetail.SetDetail(
                share(decided, samples -> Entropy.ofCounts(answers(samples).values())),
                share(generated, JudgedSample::tokens),
                share(generated, sample -> sample.truncated() ? 1 : 0));
    }

    /** How often each different answer is given, letter for letter. */
    private static Map<String, Integer> answers(List<JudgedSample> samples) {
        Map<String, Integer> counts = new TreeMap<>();
        for (JudgedSample sample : samples) {
            String answer = sample.answer();
            if (answer != null) {
                counts.merge(answer, 1, Integer::sum);
            }
        }
        return counts;
    }

    private static double distinctAnswers(List<JudgedSample> samples) {
        return answers(samples).size();
    }

    private static <T> double share(Collection<T> items, ToDoubleFunction<T> counts) {
        return items.stream().mapToDouble(counts).average().orElse(0);
    }
}
