package dev.tempo.standalone.progress;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.SetReport;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.eval.report.RunJournal;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.text.WordUtils;
import org.jspecify.annotations.Nullable;

/**
 * A run in words. In a terminal the last line lives: it is written over twice a second and follows the terminal's width.
 * Elsewhere it is printed as a line like the others, rarely. Every measurement gets a line that stays.
 */
public final class WordsView implements RunView {
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(30);
    private static final long REDRAW_MILLIS = 500;

    private final Screen screen;
    private final StatusLine status;
    private final boolean explained;
    private final Resumption resumption;
    private final InstantSource clock;
    private final Pace pace;
    private final ScheduledExecutorService ticker;
    private @Nullable RunJournal journal;
    private @Nullable MeasureTable table;
    private @Nullable PolicyVersion latest;
    private @Nullable EvaluationReport measured;
    private @Nullable String underWay;
    private @Nullable String trouble;
    private Instant lastPlain = Instant.EPOCH;

    /** @param explained whether the numbers are explained at length */
    public WordsView(Screen screen, boolean explained) {
        this(screen, explained, Resumption.BY_RESUME);
    }

    /**
     * @param explained whether the numbers are explained at length
     * @param resumption what people are told after a stop
     */
    public WordsView(Screen screen, boolean explained, Resumption resumption) {
        this(screen, explained, resumption, InstantSource.system());
        if (screen.isLive()) {
            ticker.scheduleAtFixedRate(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Draws the live line when told to, and not by itself. */
    WordsView(Screen screen, boolean explained, InstantSource clock) {
        this(screen, explained, Resumption.BY_RESUME, clock);
    }

    private WordsView(Screen screen, boolean explained, Resumption resumption, InstantSource clock) {
        this.resumption = resumption;
        this.screen = screen;
        status = new StatusLine(screen);
        this.explained = explained;
        this.clock = clock;
        pace = new Pace(clock.instant());
        ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "live-line");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public synchronized void note(String text) {
        status.print(text);
        draw();
    }

    @Override
    public synchronized void begin(Run run, RunJournal known, Path logs, String page) {
        journal = known;
        table = new MeasureTable(known);
        status.print("run " + run.run());
        status.print("  logs       " + logs);
        status.print("  live page  " + page);
        status.print("");
        Legend legend = new Legend(run.recipe());
        (explained ? legend.atLength(screen.width()) : legend.inBrief(screen.width())).forEach(status::print);
        status.print("");
    }

    @Override
    public synchronized void underWay(String what) {
        boolean news = !what.equals(underWay);
        underWay = what;
        if (screen.isLive()) {
            draw();
        } else if (news) {
            status.print(what);
        }
    }

    @Override
    public synchronized void published(PolicyVersion version) {
        pace.version(version.wallSeconds(), clock.instant());
        latest = version;
        RunJournal known = journal;
        if (version.wentBackTo() != null && known != null) {
            note(known.nameOf(version.version()) + " went back to v" + version.wentBackTo()
                    + ", weights and optimizer: versions since were found worse");
        }
        if (version.trainedNothing() && known != null) {
            note(known.nameOf(version.version()) + " is as before: no row carried gradient, "
                    + new TreeMap<>(version.rows()) + "; the services' logs say why");
        }
    }

    @Override
    public synchronized void measured(EvaluationReport report) {
        measured = report;
        MeasureTable rows = table;
        if (rows != null) {
            rows.lines(report, screen.width()).forEach(status::print);
        }
        draw();
    }

    @Override
    public synchronized void refresh(double generatedTokens, @Nullable String complaint) {
        pace.tokens(generatedTokens, clock.instant());
        trouble = complaint;
        Instant now = clock.instant();
        if (!screen.isLive()
                && latest != null
                && Duration.between(lastPlain, now).compareTo(PLAIN_INTERVAL) >= 0) {
            lastPlain = now;
            status.print(line(screen.width()));
        }
    }

    @Override
    public synchronized void stopping() {
        status.stopping();
    }

    @Override
    public synchronized void stopped(String run) {
        status.end();
        status.print("stopped; " + resumption.words(run));
    }

    @Override
    public synchronized void finished(ReportWriter report, RunDirectory directory) {
        status.end();
        status.print("");
        status.print(report.table(screen.width()));
        status.print("(below each score: its 95 % interval)");
        status.print("");
        List<String> last = report.unlearnedStages();
        report.alarms().stream()
                .filter(alarm -> !last.contains(alarm))
                .forEach(alarm -> status.print(WordUtils.wrap(alarm, screen.width()) + "\n"));
        status.print("report   " + directory.report());
        if (report.leavesPolicy()) {
            status.print("policy   " + directory.finalModel());
        }
        if (!last.isEmpty()) {
            status.print("");
            last.forEach(stage -> status.print(WordUtils.wrap(stage, screen.width())));
        }
    }

    @Override
    public synchronized void close() {
        status.end();
        ticker.shutdownNow();
        status.erase();
    }

    synchronized void draw() {
        if (screen.isLive() && (underWay != null || latest != null)) {
            // One column stays free: terminals differ in where the cursor goes behind a full line.
            status.show(line(screen.width() - 1));
        }
    }

    private String line(int width) {
        RunJournal known = journal;
        PolicyVersion version = latest;
        Instant now = clock.instant();
        LiveLine line = new LiveLine();
        if (known == null || version == null) {
            String[] parts = (underWay == null ? "" : underWay).split(": ", 2);
            line.text(0, parts[0]);
            if (parts.length > 1) {
                line.text(7, parts[1]);
            }
        } else {
            int rounds = known.recipe().rounds();
            line.text(
                    0,
                    version.last()
                            ? "measuring " + known.nameOf(version.version()).words()
                            : known.nameOf(version.version() + 1).words());
            if (!known.recipe().unbounded()) {
                line.bar(5, version.version() / (double) rounds);
            }
        }
        if (trouble != null) {
            line.text(1, "! " + trouble);
        }
        if (known != null && measured != null) {
            int rank = 3;
            for (SetReport set : known.setsInOrder(measured)) {
                if (!set.scored()) {
                    continue;
                }
                line.text(
                        rank,
                        String.format(
                                Locale.ROOT,
                                "%s avg@%d %.3f",
                                set.set(),
                                set.samples(),
                                set.avg().value()));
                rank = Math.max(rank + 1, 20);
            }
        }
        if (measured != null && measured.critic() != null) {
            line.text(
                    10, String.format(Locale.ROOT, "AUC %.2f", measured.critic().auc()));
        }
        if (!Double.isNaN(pace.tokensPerSecond()) && version != null && !version.last()) {
            line.text(8, String.format(Locale.ROOT, "%.0f tokens/s", pace.tokensPerSecond()));
        }
        line.text(6, Pace.words(pace.elapsed(now)));
        if (known != null
                && version != null
                && !version.last()
                && !known.recipe().unbounded()) {
            pace.left(known.recipe().rounds() - version.version(), now)
                    .ifPresent(left -> line.text(2, "about " + Pace.words(left) + " left"));
        }
        return line.fit(width);
    }
}
