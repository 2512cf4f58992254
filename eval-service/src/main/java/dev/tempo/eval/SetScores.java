package dev.tempo.eval;

import dev.tempo.algorithm.Bootstrap;
import dev.tempo.algorithm.Entropy;
import dev.tempo.algorithm.PassAtK;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.eval.report.MeasuredQuestion;
import dev.tempo.eval.report.MeasurementDetail;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private final QuestionScores averages;
    private final QuestionScores majorities;
    private final SortedMap<Integer, QuestionScores> passAt = new TreeMap<>();
    private final Map<String, Double> listed = new TreeMap<>();
    private final DoubleSummaryStatistics unanswered = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics inFormat = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics claimedCorrect = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics distinctAnswers = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics answerEntropy = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics tokens = new DoubleSummaryStatistics();
    private final DoubleSummaryStatistics truncated = new DoubleSummaryStatistics();
    private boolean claims;
    private int undecided;
    private int failed;
    private @Nullable String failure;

    /**
     * The scores of no question yet.
     *
     * @param questions how many there will be at most
     * @param seed of the intervals: the same questions are drawn again for every score of one version
     */
    SetScores(String set, Evaluation evaluation, int questions, long seed) {
        this.set = set;
        this.evaluation = evaluation;
        bootstrap = new Bootstrap(RESAMPLES, LEVEL, seed);
        averages = new QuestionScores(questions);
        majorities = new QuestionScores(questions);
        evaluation.passAt(set).forEach(k -> passAt.put(k, new QuestionScores(questions)));
    }

    /**
     * Counts a question.
     *
     * @param samples in their order
     */
    void add(String question, List<JudgedSample> samples) {
        for (JudgedSample sample : samples) {
            if (sample.failed()) {
                failed++;
                failure = failure == null ? sample.failure() : failure;
            } else {
                tokens.accept(sample.tokens());
                truncated.accept(sample.truncated() ? 1 : 0);
                undecided += sample.decided() ? 0 : 1;
            }
        }
        List<JudgedSample> decided =
                samples.stream().filter(JudgedSample::decided).toList();
        if (!decided.isEmpty()) {
            decided(question, decided);
        }
    }

    private void decided(String question, List<JudgedSample> decided) {
        PassAtK counted = counted(decided);
        averages.add(counted.average());
        majorities.add(majority(decided));
        passAt.forEach((k, scores) -> scores.add(counted.at(Math.min(k, decided.size()))));
        if (averages.size() <= SetReport.QUESTIONS_LISTED) {
            listed.put(question, counted.average());
        } else {
            listed.clear();
        }
        Map<String, Integer> answers = answers(decided);
        distinctAnswers.accept(answers.size());
        answerEntropy.accept(Entropy.ofCounts(answers.values()));
        for (JudgedSample sample : decided) {
            unanswered.accept(sample.answer() == null ? 1 : 0);
            inFormat.accept(sample.inFormat() ? 1 : 0);
            claims |= sample.claimsCorrect() != null;
            if (!sample.correct()) {
                claimedCorrect.accept(Boolean.TRUE.equals(sample.claimsCorrect()) ? 1 : 0);
            }
        }
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
        TreeMap<Integer, Score> passes = new TreeMap<>();
        passAt.forEach((k, scores) -> passes.put(k, scores.mean(bootstrap)));
        return new SetReport(
                set,
                averages.size(),
                evaluation.samples(set),
                averages.mean(bootstrap),
                passes,
                majorities.mean(bootstrap),
                unanswered.getAverage(),
                undecided,
                failed,
                claims ? claimedCorrect.getAverage() : null,
                distinctAnswers.getAverage(),
                listed,
                evaluation.format() == null ? null : inFormat.getAverage(),
                failure);
    }

    /** The responses themselves, and how evenly answers spread over what is answered. */
    MeasurementDetail.SetDetail detail() {
        return new MeasurementDetail.SetDetail(answerEntropy.getAverage(), tokens.getAverage(), truncated.getAverage());
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
}
