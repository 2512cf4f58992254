package dev.tempo.standalone.progress;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.eval.report.RunJournal;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One of many runs: a line for each of its measurements, and in a terminal a living one with the time that is left. */
public final class SuiteView implements RunView {
    private static final Duration PLAIN_INTERVAL = Duration.ofMinutes(1);

    private final Screen screen;
    private final StatusLine status;
    private final InstantSource clock;
    private final Pace pace;
    private final String title;
    private final LaterRuns later;
    private @Nullable RunJournal journal;
    private @Nullable PolicyVersion latest;
    private String underWay = "";
    private Instant lastPlain = Instant.EPOCH;

    /**
     * @param title of the run, and which of how many it is
     * @param later what the runs after it will take
     */
    public SuiteView(Screen screen, String title, LaterRuns later) {
        this(screen, title, later, InstantSource.system());
    }

    SuiteView(Screen screen, String title, LaterRuns later, InstantSource clock) {
        this.screen = screen;
        this.title = title;
        this.later = later;
        this.clock = clock;
        status = new StatusLine(screen);
        pace = new Pace(clock.instant());
    }

    @Override
    public synchronized void note(String text) {
        status.print(text);
    }

    @Override
    public synchronized void begin(Run run, RunJournal known, Path logs, String page) {
        journal = known;
        status.print("  logs " + logs + ", live page " + page);
    }

    @Override
    public synchronized void underWay(String what) {
        underWay = what;
        draw("");
    }

    @Override
    public synchronized void published(PolicyVersion version) {
        pace.version(version.wallSeconds(), clock.instant());
        latest = version;
    }

    @Override
    public synchronized void measured(EvaluationReport report) {
        RunJournal known = journal;
        if (known == null) {
            return;
        }
        StringBuilder line = new StringBuilder("  " + known.nameOf(report.version()));
        known.setsInOrder(report)
                .forEach(set -> line.append(String.format(
                        Locale.ROOT,
                        "  %s avg@%d %.3f",
                        set.set(),
                        set.samples(),
                        set.avg().value())));
        if (report.critic() != null) {
            line.append(String.format(Locale.ROOT, "  AUC %.3f", report.critic().auc()));
        }
        status.print(line.toString());
    }

    @Override
    public synchronized void refresh(double generatedTokens, @Nullable String trouble) {
        Instant now = clock.instant();
        if (screen.isLive()) {
            draw(trouble == null ? "" : trouble);
        } else if (latest != null && Duration.between(lastPlain, now).compareTo(PLAIN_INTERVAL) >= 0) {
            lastPlain = now;
            status.print(line(trouble == null ? "" : trouble).fit(screen.width()));
        }
    }

    private void draw(String trouble) {
        if (screen.isLive()) {
            status.show(line(trouble).fit(screen.width() - 1));
        }
    }

    private LiveLine line(String trouble) {
        LiveLine line = new LiveLine().text(0, title);
        RunJournal known = journal;
        PolicyVersion version = latest;
        Instant now = clock.instant();
        if (known == null || version == null) {
            line.text(2, underWay);
        } else {
            int rounds = known.recipe().rounds();
            line.text(2, known.nameOf(Math.min(rounds, version.version() + 1)).words());
            line.bar(5, version.version() / (double) rounds);
            int own = rounds - version.version();
            pace.left(own, now).ifPresent(time -> line.text(3, "about " + Pace.words(time) + " left"));
            if (!later.equals(LaterRuns.NONE)) {
                pace.left(own + later.rounds(), now)
                        .ifPresent(time -> line.text(4, Pace.words(time.plus(later.known())) + " in all"));
            }
        }
        return trouble.isEmpty() ? line : line.text(1, "! " + trouble);
    }

    @Override
    public synchronized void stopping() {
        status.stopping();
    }

    @Override
    public synchronized void stopped(String run) {
        status.end();
    }

    @Override
    public synchronized void finished(ReportWriter report, RunDirectory directory) {
        status.end();
        report.alarms().forEach(alarm -> status.print("  " + alarm));
    }

    @Override
    public synchronized void close() {
        status.end();
        status.erase();
    }
}
