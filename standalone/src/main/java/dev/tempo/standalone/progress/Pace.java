package dev.tempo.standalone.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** The pace of a run: tokens per second and time left, from what was seen of it so far. Not thread-safe. */
final class Pace {
    private static final int FEWEST_ROUNDS = 3;
    private static final int ROUNDS = 20;
    /** The factor over the median by which a round is taken for a pause. */
    private static final double LONGEST_ROUND = 10;

    private final Instant started;
    private final Deque<Double> rounds = new ArrayDeque<>();
    private Instant lastSample;
    private double lastTokens = Double.NaN;
    private double tokensPerSecond = Double.NaN;
    private double lastWallSeconds = Double.NaN;
    private Instant lastVersionAt;

    Pace(Instant started) {
        this.started = started;
        lastSample = started;
        lastVersionAt = started;
    }

    /** The number of tokens generated until now; NaN is no news. */
    void tokens(double tokens, Instant now) {
        if (Double.isNaN(tokens)) {
            return;
        }
        double seconds = Duration.between(lastSample, now).toMillis() / 1000.0;
        if (seconds > 0 && tokens >= lastTokens) {
            double rate = (tokens - lastTokens) / seconds;
            tokensPerSecond = Double.isNaN(tokensPerSecond) ? rate : .7 * tokensPerSecond + .3 * rate;
        }
        lastSample = now;
        lastTokens = tokens;
    }

    /** The news that a version was published, {@code wallSeconds} after the run began. */
    void version(double wallSeconds, Instant now) {
        if (wallSeconds >= lastWallSeconds) {
            rounds.addLast(wallSeconds - lastWallSeconds);
        }
        if (rounds.size() > ROUNDS) {
            rounds.removeFirst();
        }
        lastWallSeconds = wallSeconds;
        lastVersionAt = now;
    }

    /** In the last seconds; NaN before there are two samples. */
    double tokensPerSecond() {
        return tokensPerSecond;
    }

    Duration elapsed(Instant now) {
        return Duration.between(started, now);
    }

    /**
     * The time that so many rounds from the latest version on will take, at the pace of the last ones; empty after too
     * few of them.
     */
    Optional<Duration> left(int more, Instant now) {
        if (rounds.size() < FEWEST_ROUNDS) {
            return Optional.empty();
        }
        double middle =
                rounds.stream().sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
        double round = rounds.stream()
                .mapToDouble(seconds -> Math.min(seconds, LONGEST_ROUND * middle))
                .average()
                .orElseThrow();
        double seconds = round * more - Duration.between(lastVersionAt, now).toMillis() / 1000.0;
        return Optional.of(Duration.ofMillis(Math.round(1000 * Math.max(0, seconds))));
    }

    /** A duration in few characters: {@code 4:05}, {@code 2 h 05 min}, {@code 3 d 4 h}. */
    static String words(Duration duration) {
        if (duration.toHours() < 1) {
            return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
        }
        return duration.toHours() < 48
                ? String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart())
                : duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
}
