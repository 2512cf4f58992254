package dev.tempo.eval.served;

import dev.tempo.contract.Promotion;
import dev.tempo.contract.Promotion.ShadowComparison;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.VersionName;
import dev.tempo.messaging.Wire;
import dev.tempo.runs.RunDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The accuracy of what a run has served, over time, with what became of the versions that were tried for promotion.
 *
 * @param window how many of the latest answers a point of the curve is the mean of
 * @param answers how many there are
 * @param first share of right ones among the first {@code window}; null where there are fewer
 * @param latest the same among the latest
 * @param curve from the {@value #FEWEST}th answer on
 * @param versions who wrote them, in the order of their first answer
 */
public record ServedHistory(
        int window,
        int answers,
        @Nullable Double first,
        @Nullable Double latest,
        List<Point> curve,
        List<Share> versions,
        List<Tried> promotions) {
    /** So many answers of which a fifth to a half is right have a standard error of .04 to .05. */
    static final int WINDOW = 100;

    static final int FEWEST = 20;
    /** More than a line of a page's width can show. */
    private static final int MOST_POINTS = 600;
    /** Longer than the client waits between two answers; what is longer is a stop. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /**
     * A point of the curve.
     *
     * @param seconds of serving since the first answer; a longer wait than a minute counts as one
     * @param accuracy share of right ones among the latest answers, up to {@code window}
     */
    public record Point(double seconds, double accuracy) {}

    /** The answers of one version. */
    public record Share(int version, String name, int answers, int right) {}

    /**
     * A record of the run's promotions.
     *
     * @param name of the version that was tried
     * @param against number of the version that it was compared with; null where it was compared with none
     * @param seconds of serving until it was there; null where nothing was served since
     * @param candidate avg@k of the version on the promotion set; null where nothing was compared
     * @param promoted the same of the one that it was compared with
     * @param shadow what the critic made of both versions' responses to chats; null where there was no shadow traffic
     */
    public record Tried(
            int number,
            int version,
            String name,
            PromotionOutcome outcome,
            @Nullable Integer against,
            @Nullable Double seconds,
            int questions,
            @Nullable Double candidate,
            @Nullable Double promoted,
            @Nullable ShadowComparison shadow,
            String reason) {}

    /** The history of a run as its directory shows it; without an answer where that has none. */
    public static ServedHistory of(Run run) {
        RunDirectory files = RunDirectory.of(run);
        List<ServedAnswer> answers = new ServedAnswers(files.served())
                .all().stream()
                        .filter(answer -> run.recipe().hasVersion(answer.version()))
                        .toList();
        List<Promotion> promotions = answers.isEmpty()
                ? List.of()
                : files.promotions().announced().values().stream()
                        .map(message -> Wire.read(Promotion.class, message))
                        .toList();
        return of(run.recipe(), answers, promotions);
    }

    /**
     * The history that answers and promotions come to.
     *
     * @param answers in order of time
     * @param promotions in order of their numbers, from 0
     */
    static ServedHistory of(Recipe recipe, List<ServedAnswer> answers, Collection<Promotion> promotions) {
        double[] seconds = seconds(answers);
        return new ServedHistory(
                WINDOW,
                answers.size(),
                answers.size() < WINDOW ? null : (Double) accuracy(answers, 0, WINDOW),
                answers.size() < WINDOW ? null : (Double) accuracy(answers, answers.size() - WINDOW, answers.size()),
                curve(answers, seconds),
                versions(recipe, answers),
                promotions.stream()
                        .map(promotion -> tried(recipe, promotion, answers, seconds))
                        .toList());
    }

    private static double[] seconds(List<ServedAnswer> answers) {
        double[] seconds = new double[answers.size()];
        for (int i = 1; i < seconds.length; i++) {
            Duration wait =
                    Duration.between(answers.get(i - 1).at(), answers.get(i).at());
            Duration counted =
                    wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
            seconds[i] = seconds[i - 1] + counted.toMillis() / 1e3;
        }
        return seconds;
    }

    private static List<Point> curve(List<ServedAnswer> answers, double[] seconds) {
        List<Point> curve = new ArrayList<>();
        int step = Math.max(1, answers.size() / MOST_POINTS);
        for (int end = answers.size(); end >= FEWEST; end -= step) {
            curve.add(0, new Point(seconds[end - 1], accuracy(answers, Math.max(0, end - WINDOW), end)));
        }
        return curve;
    }

    private static double accuracy(List<ServedAnswer> answers, int from, int to) {
        return (double) answers.subList(from, to).stream()
                        .filter(ServedAnswer::right)
                        .count()
                / (to - from);
    }

    private static List<Share> versions(Recipe recipe, List<ServedAnswer> answers) {
        Map<Integer, Share> shares = new LinkedHashMap<>();
        for (ServedAnswer answer : answers) {
            int version = answer.version();
            shares.merge(
                    version,
                    new Share(version, VersionName.of(recipe, version).toString(), 1, answer.right() ? 1 : 0),
                    (before, one) ->
                            new Share(version, one.name(), before.answers() + 1, before.right() + one.right()));
        }
        return List.copyOf(shares.values());
    }

    private static Tried tried(Recipe recipe, Promotion promotion, List<ServedAnswer> answers, double[] seconds) {
        Double since = null;
        for (int i = 0; i < seconds.length && since == null; i++) {
            since = answers.get(i).promotions() > promotion.number() ? (Double) seconds[i] : null;
        }
        Promotion.Comparison avg = promotion.comparisons().stream()
                .filter(comparison -> comparison.measure().equals("avg"))
                .findFirst()
                .orElse(null);
        return new Tried(
                promotion.number(),
                promotion.version(),
                VersionName.of(recipe, promotion.version()).toString(),
                promotion.outcome(),
                promotion.against(),
                since,
                promotion.questions(),
                avg == null ? null : (Double) avg.candidate(),
                avg == null ? null : (Double) avg.promoted(),
                promotion.shadowed().stream()
                        .filter(comparison -> comparison.measure().equals(ShadowComparison.VALUE))
                        .findFirst()
                        .orElse(null),
                promotion.reason());
    }
}
