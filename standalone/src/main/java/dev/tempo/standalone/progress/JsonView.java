package dev.tempo.standalone.progress;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.VersionName;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.eval.report.RunJournal;
import dev.tempo.runs.RunDirectory;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A run for other programs: one JSON object a line, each an {@code event}. docs/run-events.md lists them. */
public final class JsonView implements RunView {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(10);

    private final PrintStream out;
    private final InstantSource clock;
    private final Pace pace;
    private @Nullable RunJournal journal;
    private @Nullable PolicyVersion latest;
    private @Nullable String underWay;
    private Instant lastProgress = Instant.EPOCH;
    private boolean over;

    public JsonView(PrintStream out) {
        this(out, InstantSource.system());
    }

    JsonView(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        pace = new Pace(clock.instant());
    }

    @Override
    public void note(String text) {
        print(event("note", Map.of("text", text)));
    }

    @Override
    public synchronized void begin(Run run, RunJournal known, Path logs, String page) {
        journal = known;
        Map<String, Object> fields = event("run", Map.of());
        fields.put("run", run.run());
        fields.put("recipe", run.recipe().name());
        fields.put("seed", run.recipe().seed());
        fields.put("rounds", run.recipe().unbounded() ? null : run.recipe().rounds());
        fields.put("directory", run.directory());
        fields.put("logs", logs.toString());
        fields.put("page", page);
        print(fields);
    }

    @Override
    public synchronized void underWay(String what) {
        if (!what.equals(underWay)) {
            underWay = what;
            print(event("underway", Map.of("what", what)));
        }
    }

    @Override
    public synchronized void published(PolicyVersion version) {
        pace.version(version.wallSeconds(), clock.instant());
        latest = version;
        Map<String, Object> fields = event("version", Map.of());
        named(fields, version.version());
        fields.put("statistics", version.statistics());
        fields.put("rows", version.rows());
        if (version.wentBackTo() != null) {
            fields.put("wentBackTo", version.wentBackTo());
        }
        fields.put("wallSeconds", version.wallSeconds());
        print(fields);
    }

    @Override
    public synchronized void measured(EvaluationReport report) {
        Map<String, Object> fields = event("measurement", Map.of());
        named(fields, report.version());
        RunJournal known = journal;
        fields.put("sets", known == null ? report.sets() : known.setsInOrder(report));
        fields.put("critic", report.critic());
        fields.put("from", report.origin());
        print(fields);
    }

    @Override
    public synchronized void refresh(double generatedTokens, @Nullable String trouble) {
        Instant now = clock.instant();
        pace.tokens(generatedTokens, now);
        PolicyVersion version = latest;
        RunJournal known = journal;
        if (version == null
                || known == null
                || Duration.between(lastProgress, now).compareTo(PROGRESS_INTERVAL) < 0) {
            return;
        }
        lastProgress = now;
        Map<String, Object> fields = event("progress", Map.of());
        fields.put("version", version.version());
        fields.put("rounds", known.recipe().unbounded() ? null : known.recipe().rounds());
        fields.put("tokensPerSecond", Double.isNaN(pace.tokensPerSecond()) ? null : pace.tokensPerSecond());
        fields.put("seconds", pace.elapsed(now).toSeconds());
        fields.put(
                "secondsLeft",
                known.recipe().unbounded()
                        ? null
                        : pace.left(known.recipe().rounds() - version.version(), now)
                                .map(Duration::toSeconds)
                                .orElse(null));
        fields.put("trouble", trouble);
        print(fields);
    }

    @Override
    public synchronized void stopping() {
        if (!over) {
            print(event("stopping", Map.of()));
        }
    }

    @Override
    public synchronized void stopped(String run) {
        over = true;
        print(event("stopped", Map.of("resume", TypedCommand.name() + " run --resume " + run)));
    }

    @Override
    public synchronized void finished(ReportWriter report, RunDirectory directory) {
        over = true;
        Map<String, Object> fields = event("finished", Map.of());
        fields.put("summary", directory.summary().toString());
        fields.put("report", directory.report().toString());
        if (report.leavesPolicy()) {
            fields.put("policy", directory.finalModel().toString());
        }
        fields.put("learnedNothing", report.unlearnedStages());
        print(fields);
    }

    @Override
    public synchronized void close() {
        over = true;
    }

    private void named(Map<String, Object> fields, int version) {
        RunJournal known = journal;
        if (known != null) {
            VersionName name = known.nameOf(version);
            fields.put("name", name.words());
            fields.put("stage", name.stage());
            fields.put("round", name.round());
        }
        fields.put("version", version);
    }

    private static Map<String, Object> event(String name, Map<String, Object> fields) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", name);
        event.putAll(fields);
        return event;
    }

    private synchronized void print(Map<String, Object> event) {
        out.println(JSON.writeValueAsString(event));
        out.flush();
    }
}
