package dev.tempo.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSpanTest {
    private final SpanLog log = new SpanLog("some-service");

    @TempDir
    Path run;

    @Test
    void whatIsDoneWithinASpanBelongsToItsServiceRunAndRound() {
        log.begin(SpanKind.HANDLING, "take")
                .of("r", 4)
                .takes("topic", 2)
                .run(() -> OpenSpan.within(SpanKind.HASHING, "hash").run(() -> {}));

        List<Span> spans = log.drain();
        assertThat(spans).extracting(Span::name).containsExactly("hash", "take");
        assertThat(spans).extracting(Span::run).containsOnly("r");
        assertThat(spans).extracting(Span::round).containsOnly(4);
        assertThat(spans.get(0).start()).isGreaterThanOrEqualTo(spans.get(1).start());
        assertThat(spans.get(0).end()).isLessThanOrEqualTo(spans.get(1).end());
        assertThat(spans.get(1).takes()).isEqualTo("topic");
        assertThat(log.drain()).isEmpty();
    }

    @Test
    void outsideOfAnySpanNothingIsRecorded() {
        assertThat(OpenSpan.within(SpanKind.HASHING, "hash").get(() -> 3)).isEqualTo(3);
        log.begin(SpanKind.HANDLING, "idle").of("r", 1).run(() -> {});
        log.begin(SpanKind.MESSAGING, "of no run").run(() -> {});

        assertThat(log.drain()).isEmpty();
    }

    @Test
    void anEventForAnotherThreadKnowsWhatLedToIt() throws InterruptedException {
        ExecutorService other = Executors.newSingleThreadExecutor();
        log.begin(SpanKind.HANDLING, "take")
                .of("r", 1)
                .takes("topic", 1)
                .run(() -> other.execute(OpenSpan.carried(
                        () -> OpenSpan.within(SpanKind.COMPUTATION, "sum").run(() -> {}))));
        other.shutdown();
        assertThat(other.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();

        List<Span> spans = log.drain();
        assertThat(spans).extracting(Span::name).containsExactlyInAnyOrder("take", "event", "sum");
        assertThat(named("event", spans).cause()).isEqualTo(named("take", spans).id());
        assertThat(named("event", spans).thread())
                .isEqualTo(named("sum", spans).thread())
                .isNotEqualTo(named("take", spans).thread());
    }

    private static Span named(String name, List<Span> spans) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void spansAreReadAsTheyWereWrittenAndATornLineIsLeftOut() throws IOException {
        log.announced("r", run);
        log.begin(SpanKind.COMPUTATION, "sum").of("r", 0).run(() -> {});
        log.begin(SpanKind.COMPUTATION, "lost").of("unknown", 0).run(() -> {});
        new SpanWriter(log).write();
        new CpuLog(run).sample(Map.of("kafka", java.time.Duration.ofMillis(7)));
        Path file;
        try (Stream<Path> files = Files.list(TimelineFiles.in(run))) {
            file = files.filter(one -> one.toString().contains("some-service@"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(
                file, Files.readString(file) + "{\"service\":\"some-service\",\"kind\":\"comp", StandardCharsets.UTF_8);

        TimelineFiles.Recorded recorded = TimelineFiles.read(run);

        assertThat(recorded.spans()).singleElement().satisfies(span -> {
            assertThat(span.name()).isEqualTo("sum");
            assertThat(span.kind()).isEqualTo(SpanKind.COMPUTATION);
            assertThat(span.service()).isEqualTo("some-service");
        });
        assertThat(recorded.samples())
                .singleElement()
                .satisfies(sample -> assertThat(sample.processes()).containsEntry("kafka", 7_000L));
    }

    @Test
    void aRunWhoseDirectoryIsGoneGetsNone() {
        Path gone = run.resolve("gone");
        log.announced("r", gone);
        log.begin(SpanKind.COMPUTATION, "sum").of("r", 0).run(() -> {});
        new SpanWriter(log).write();
        new CpuLog(gone).sample(Map.of());

        assertThat(gone).doesNotExist();
        assertThat(TimelineFiles.read(gone).spans()).isEmpty();
    }

    @Test
    void aFullFileGivesWayToANewOneAndTheOneBeforeIsKept() throws IOException {
        BoundedFile file = new BoundedFile(run.resolve("a.jsonl"), 10);
        for (int line = 0; line < 5; line++) {
            file.add(("line" + line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(run.resolve("before-a.jsonl")).hasContent("line2\nline3\n");
        assertThat(run.resolve("a.jsonl")).hasContent("line4\n");
    }

    @Test
    void coresAreThoseOfTheKernelsTable() {
        String table = """
                cpu  30 0 30 140 0 0 0 0 0 0
                cpu0 10 1 2 70 5 1 1 10 3 0
                cpu1 20 0 28 65 0 0 0 0 0 0
                intr 5
                """;

        assertThat(CpuLog.cores(table)).containsExactly(new CpuSample.Core(25, 75), new CpuSample.Core(48, 65));
    }
}
