package dev.tempo.standalone.launch;

import dev.tempo.contract.CriticReport;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.standalone.report.RunJournal;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One live line in a terminal (rewritten in place), plain lines elsewhere: stage, round, scores, tokens per second, time
 * left. Every measurement gets a line that stays.
 */
final class ProgressView {
    private static final char ESCAPE = 27;
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(30);

    private final PrintStream out;
    private final boolean terminal;
    private final RunJournal journal;
    private final Instant started = Instant.now();
    private Instant lastPlain = Instant.EPOCH;
    private Instant lastSample = Instant.now();
    private double lastTokens;
    private double tokensPerSecond;
    private int firstVersion = -1;
    private Instant firstVersionAt = Instant.now();

    ProgressView(PrintStream out, boolean terminal, RunJournal journal) {
        this.out = out;
        this.terminal = terminal;
        this.journal = journal;
    }

    synchronized void measured(EvaluationReport report) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-10s", journal.nameOf(report.version())));
        report.sets().stream()
                .sorted(java.util.Comparator.comparing(SetReport::set).reversed())
                .forEach(set -> line.append("  ").append(scores(set)));
        CriticReport critic = report.critic();
        if (critic != null) {
            line.append(String.format(Locale.ROOT, "  critic AUC %.3f Brier %.3f", critic.auc(), critic.brier()));
        }
        if (report.origin() != null) {
            line.append("  (from run ").append(report.origin()).append(')');
        }
        note(line.toString());
    }

    /** Says of a round that nothing came of it. */
    void trained(PolicyVersion version) {
        if (version.trainedNothing()) {
            note("round " + (version.version() - 1) + " changed nothing: no row carried gradient, "
                    + new TreeMap<>(version.rows()) + "; the services' logs say why");
        }
    }

    /** A line that stays. */
    synchronized void note(String text) {
        clear();
        out.println(text);
        out.flush();
    }

    synchronized void refresh(Optional<Double> generatedTokens, @Nullable String trouble) {
        generatedTokens.ifPresent(this::sampleTokens);
        String line = line(trouble);
        if (terminal) {
            clear();
            out.print(line);
            out.flush();
        } else if (Duration.between(lastPlain, Instant.now()).compareTo(PLAIN_INTERVAL) >= 0) {
            lastPlain = Instant.now();
            out.println(line);
            out.flush();
        }
    }

    synchronized void clear() {
        if (terminal) {
            out.print("\r" + ESCAPE + "[2K");
        }
    }

    private String line(@Nullable String trouble) {
        Optional<PolicyVersion> policy = journal.latestPolicy();
        if (policy.isEmpty()) {
            return "starting broker and services … " + seconds(Duration.between(started, Instant.now()))
                    + (trouble == null ? "" : "  ! " + trouble);
        }
        int version = policy.get().version();
        if (firstVersion < 0) {
            firstVersion = version;
            firstVersionAt = Instant.now();
        }
        StringBuilder line = new StringBuilder();
        if (policy.get().last()) {
            line.append("measuring the last version");
        } else {
            line.append(String.format(
                    Locale.ROOT,
                    "%s round %d/%d",
                    policy.get().stage(),
                    policy.get().roundOfStage(),
                    journal.recipe().stageOf(version).rounds()));
        }
        journal.reports().stream().reduce((first, last) -> last).ifPresent(report -> {
            report.sets().stream()
                    .filter(set -> set.set().equals("unlabeled"))
                    .forEach(set -> line.append(" | ").append(scores(set)));
            if (report.critic() != null) {
                line.append(String.format(
                        Locale.ROOT,
                        " | critic AUC %.2f Brier %.2f",
                        report.critic().auc(),
                        report.critic().brier()));
            }
        });
        line.append(String.format(Locale.ROOT, " | %.0f tokens/s", tokensPerSecond));
        line.append(" | ").append(seconds(Duration.between(started, Instant.now())));
        timeLeft(version)
                .ifPresent(left -> line.append(", ").append(seconds(left)).append(" left"));
        if (trouble != null) {
            line.append(" ! ").append(trouble);
        }
        return line.toString();
    }

    private Optional<Duration> timeLeft(int version) {
        int done = version - firstVersion;
        if (done < 3) {
            return Optional.empty();
        }
        double perRound = Duration.between(firstVersionAt, Instant.now()).toMillis() / (double) done;
        return Optional.of(
                Duration.ofMillis((long) (perRound * (journal.recipe().rounds() - version))));
    }

    private void sampleTokens(double tokens) {
        Instant now = Instant.now();
        double seconds = Duration.between(lastSample, now).toMillis() / 1000.0;
        if (seconds > 0 && tokens >= lastTokens) {
            double rate = (tokens - lastTokens) / seconds;
            tokensPerSecond = tokensPerSecond == 0 ? rate : .7 * tokensPerSecond + .3 * rate;
        }
        lastSample = now;
        lastTokens = tokens;
    }

    private static String scores(SetReport set) {
        Map.Entry<Integer, Score> most =
                set.passAt().entrySet().stream().max(Map.Entry.comparingByKey()).orElse(null);
        return String.format(
                Locale.ROOT,
                "%s avg@%d %.3f%s",
                set.set(),
                set.samples(),
                set.avg().value(),
                most == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                " pass@%d %.3f",
                                most.getKey(),
                                most.getValue().value()));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }
}
