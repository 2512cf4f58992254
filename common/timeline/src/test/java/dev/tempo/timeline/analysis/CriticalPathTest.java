package dev.tempo.timeline.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.timeline.CpuSample;
import dev.tempo.timeline.Span;
import dev.tempo.timeline.SpanKind;
import dev.tempo.timeline.TimelineFiles.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A round by hand, in milliseconds. Version 3 is published from 0 to 10. Rollouts hear of it at 12 and answer until 60: the labeled
 * half until 30, the unlabeled until 60. The critic fits from 33 to 90, on an event of its own thread, and publishes; the values
 * wait for that and are there at 110; the policy learns until 150 and publishes version 4 until 160.
 */
class CriticalPathTest {
    private static final String RUN = "r";
    private static final int ROUND = 3;
    private final List<Span> spans = new ArrayList<>();

    private long ids;

    private Span span(String service, String thread, SpanKind kind, String name, int round, int from, int to) {
        return new Span(
                service,
                "1",
                thread,
                ++ids,
                null,
                name,
                kind,
                RUN,
                round,
                from * 1000L,
                to * 1000L,
                0,
                0,
                null,
                null,
                0);
    }

    private Span add(Span span) {
        spans.add(span);
        return span;
    }

    private static Span with(Span s, @Nullable Long cause, @Nullable String takes, @Nullable String publishes) {
        return new Span(
                s.service(),
                s.replica(),
                s.thread(),
                s.id(),
                cause,
                s.name(),
                s.kind(),
                s.run(),
                s.round(),
                s.start(),
                s.end(),
                s.micros() / 2,
                0,
                takes,
                publishes,
                takes == null && publishes == null ? 0 : 1);
    }

    private Span take(String service, String thread, String topic, int from, int to) {
        return add(with(span(service, thread, SpanKind.HANDLING, "take", ROUND, from, to), null, topic, null));
    }

    private void publish(String service, String thread, String topic, int round, int from, int to) {
        add(with(span(service, thread, SpanKind.MESSAGING, "publish", round, from, to), null, null, topic));
    }

    private void compute(String service, String thread, String name, int from, int to) {
        add(with(span(service, thread, SpanKind.COMPUTATION, name, ROUND, from, to), null, null, null));
    }

    private RoundTimeline round(List<CpuSample> samples) {
        publish("policy-service", "trainer", "policy-versions", ROUND, 0, 10);

        take("rollout-service", "one", "policy-versions", 12, 30);
        compute("rollout-service", "one", "labeled", 13, 26);
        publish("rollout-service", "one", "labeled-trajectories", ROUND, 26, 30);
        take("rollout-service", "two", "policy-versions", 12, 60);
        compute("rollout-service", "two", "unlabeled", 13, 56);
        publish("rollout-service", "two", "unlabeled-trajectories", ROUND, 56, 60);

        Span heard = take("critic-service", "reader", "labeled-trajectories", 31, 32);
        add(with(span("critic-service", "trainer", SpanKind.HANDLING, "event", ROUND, 33, 90), heard.id(), null, null));
        compute("critic-service", "trainer", "fit", 34, 80);
        publish("critic-service", "trainer", "critic-versions", ROUND, 80, 90);

        take("critic-service", "valuer", "unlabeled-trajectories", 62, 64);
        take("critic-service", "valuer", "critic-versions", 92, 110);
        compute("critic-service", "valuer", "values", 93, 105);
        publish("critic-service", "valuer", "valued-trajectories", ROUND, 105, 110);

        take("policy-service", "trainer", "valued-trajectories", 111, 160);
        compute("policy-service", "trainer", "epoch", 112, 150);
        publish("policy-service", "trainer", "policy-versions", ROUND + 1, 150, 160);
        List<RoundTimeline> rounds = RunTimeline.rounds(new Recorded(spans, samples));
        assertThat(rounds).hasSize(1);
        return rounds.get(0);
    }

    @Test
    void thePathOfARoundGoesBackToWhateverCameLast() {
        RoundTimeline round = round(List.of());

        assertThat(round.round()).isEqualTo(ROUND);
        assertThat(round.micros()).isEqualTo(150_000);
        assertThat(round.path().stream()
                        .map(step -> step.from() / 1000 + "-" + step.to() / 1000 + " " + step.service() + " "
                                + step.kind().word() + " " + step.name()))
                .containsExactly(
                        "10-12 rollout-service messaging delivery of policy-versions",
                        "12-13 rollout-service handling take policy-versions",
                        "13-26 rollout-service computation labeled",
                        "26-30 rollout-service messaging publish labeled-trajectories",
                        "30-31 critic-service messaging delivery of labeled-trajectories",
                        "31-32 critic-service handling take labeled-trajectories",
                        "32-33 critic-service messaging hand-over to another thread",
                        "33-34 critic-service handling event",
                        "34-80 critic-service computation fit",
                        "80-90 critic-service messaging publish critic-versions",
                        "90-92 critic-service messaging delivery of critic-versions",
                        "92-93 critic-service handling take critic-versions",
                        "93-105 critic-service computation values",
                        "105-110 critic-service messaging publish valued-trajectories",
                        "110-111 policy-service messaging delivery of valued-trajectories",
                        "111-112 policy-service handling take valued-trajectories",
                        "112-150 policy-service computation epoch",
                        "150-160 policy-service messaging publish policy-versions");
        assertThat(round.path().stream().mapToLong(PathStep::micros).sum()).isEqualTo(round.micros());
    }

    @Test
    void aThreadThatWasBusyWhenItsMessageCameIsOnThePathInstead() {
        // the policy's thread tidies up from 100 to 111, while the values arrive at 110
        compute("policy-service", "trainer", "tidying", 100, 111);

        assertThat(round(List.of()).path())
                .extracting(PathStep::name)
                .contains("tidying")
                .doesNotContain("values", "fit");
    }

    @Test
    void aMessageMayBeReadBeforeItsWriterHearsThatItIsThere() {
        // the other version of the same values: sent from 90, read at 95, acknowledged at 108
        publish("judge-service", "voter", "votes", ROUND, 90, 108);
        take("policy-service", "other", "votes", 95, 200);
        publish("policy-service", "other", "policy-versions", ROUND + 1, 140, 149);

        assertThat(round(List.of()).path().stream().map(step -> step.from() / 1000 + " " + step.name()))
                .contains("95 take votes", "90 publish votes");
    }

    @Test
    void workCountsWithoutWhatLiesInsideOfItAndWaitsAreTheGapsBefore() {
        RoundTimeline round = round(List.of());

        assertThat(round.work())
                .filteredOn(work -> work.name().equals("take valued-trajectories"))
                .singleElement()
                .satisfies(work -> assertThat(work.micros()).isEqualTo(1_000));
        assertThat(round.work().get(0))
                .isEqualTo(new Work("critic-service", SpanKind.COMPUTATION, "fit", 46_000, 23_000));
        assertThat(round.waits())
                .contains(
                        new Work("policy-service", SpanKind.WAITING, "valued-trajectories", 101_000, 0),
                        new Work("critic-service", SpanKind.WAITING, "critic-versions", 28_000, 0));
    }

    @Test
    void processorTimeAndIdleCoresAreWhatTheSamplesSayBetweenItsEnds() {
        List<CpuSample> samples = List.of(
                new CpuSample(0, Map.of("kafka", 0L), List.of(new CpuSample.Core(0, 0), new CpuSample.Core(0, 0))),
                new CpuSample(
                        200_000,
                        Map.of("kafka", 20_000L),
                        List.of(new CpuSample.Core(15, 5), new CpuSample.Core(0, 20))));

        RoundTimeline round = round(samples);

        assertThat(round.processes().get("kafka")).isEqualTo(15_000, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(round.idle().get(0)).isEqualTo(.25, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(round.idle().get(1)).isEqualTo(1);
    }

    @Test
    void whatNobodySampledIsUnknown() {
        RoundTimeline round = round(List.of());

        assertThat(round.processes()).isEmpty();
        assertThat(round.idle()).isEmpty();
    }

    @Test
    void theAverageOfRoundsAddsUpToTheirMeanLength() {
        MeanRound mean = MeanRound.of(List.of(round(List.of())));

        assertThat(mean.median()).isEqualTo(150_000);
        assertThat(mean.path().stream().mapToDouble(Work::micros).sum())
                .isEqualTo(mean.mean(), org.assertj.core.api.Assertions.within(1e-6));
    }
}
