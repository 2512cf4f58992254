package dev.tempo.eval;

import static dev.tempo.eval.Verdicts.correct;
import static dev.tempo.eval.Verdicts.unvalued;
import static dev.tempo.eval.Verdicts.valued;
import static dev.tempo.eval.Verdicts.wrong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.PromotionWish;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.eval.dashboard.OtherServices;
import dev.tempo.messaging.Outgoing;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.ShadowQuestion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShadowTrafficTest {
    private static final int STEP = 40;

    @TempDir
    Path directory;

    private final List<Promotion> promotions = new ArrayList<>();
    private final List<RolloutRequest> requests = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private EvaluationPlanner planner;
    private Run run;

    @BeforeEach
    void aRunWhoseChatsAreAllAsked() throws IOException {
        begin(1);
    }

    private void begin(double share) throws IOException {
        EvalProperties properties =
                new EvalProperties(Duration.ofMinutes(1), Duration.ofMinutes(5), Map.of(), null, "tempo");
        planner = new EvaluationPlanner(properties, () -> now);
        promotions.clear();
        run = RunBuilder.aRun("run", directory)
                .promoting(200, STEP)
                .shadowing(share)
                .active();
        Files.createDirectories(Path.of(run.directory()));
        take(planner.assigned(1));
        take(planner.caughtUp());
        take(planner.on(run));
        publish(0);
        critic(0);
    }

    @Test
    void whatAChatAskedIsAskedOfTheCandidateAndOfThePromotedVersionAndBothAreValuedByTheNewestCritic()
            throws IOException {
        publish(1);
        publish(2);
        critic(1);
        List<RolloutRequest> asked = arrive(chat(0));
        assertThat(asked)
                .extracting(request -> request.id().question())
                .containsExactly("shadow/v2/" + chat(0).id(), "shadow/v0/" + chat(0).id());
        assertThat(asked).allSatisfy(request -> {
            assertThat(request.id().round()).as("the critic's version").isOne();
            assertThat(request.id().purpose()).isEqualTo(Purpose.EVALUATION);
            assertThat(request.samples()).isOne();
            assertThat(request.questionText()).isEqualTo("chat 0?");
            assertThat(request.generation()).isEqualTo(run.recipe().generation());
        });
        assertThat(asked.get(0).policy()).isEqualTo(model(2));
        assertThat(asked.get(1).policy()).isEqualTo(run.base());
        assertThat(arrive(chat(0))).as("told twice").isEmpty();
    }

    @Test
    void withoutACandidateOrWithAnotherQuestionNobodyIsAsked() throws IOException {
        assertThat(arrive(chat(0))).as("there is no candidate").isEmpty();
        publish(1);
        assertThat(arrive(new ArrivingQuestion("q-17", "?", null, null)))
                .as("it came by another road")
                .isEmpty();
        assertThat(arrive(chat(1))).hasSize(2);
        take(planner.on(run.withPromotion(new PromotionWish("wish", 1))));
        assertThat(arrive(chat(2))).as("the candidate is promoted").isEmpty();
    }

    @Test
    void beforeACriticIsThereNobodyIsAsked() throws IOException {
        EvaluationPlanner other = new EvaluationPlanner(
                new EvalProperties(Duration.ofMinutes(1), Duration.ofMinutes(5), Map.of(), null, "tempo"), () -> now);
        planner = other;
        take(other.assigned(2));
        take(other.caughtUp());
        take(other.on(run));
        publish(0);
        publish(1);
        assertThat(arrive(chat(0))).isEmpty();
        critic(0);
        assertThat(arrive(chat(1))).hasSize(2);
    }

    @Test
    void theShareIsOfTheIdsAndTheSameIsAlwaysInIt() throws IOException {
        begin(.25);
        publish(1);
        List<Integer> first = inShare();
        assertThat(first).hasSizeBetween(10, 40);
        begin(.25);
        publish(1);
        assertThat(inShare()).isEqualTo(first);
        begin(.5);
        publish(1);
        assertThat(inShare()).containsAll(first).hasSizeGreaterThan(first.size());
    }

    private List<Integer> inShare() {
        List<Integer> asked = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            List<RolloutRequest> requested = arrive(chat(i));
            if (!requested.isEmpty()) {
                asked.add(i);
                value(requested, .5f, .5f);
            }
        }
        return asked;
    }

    @Test
    void theTrialsRecordTellsWhatShadowTrafficCameToAndItDecidesNothing() throws IOException {
        publish(1);
        List<RolloutRequest> trial = List.copyOf(requests);
        value(arrive(chat(0)), .25f, .75f);
        value(arrive(chat(1)), .125f, .875f);
        arrive(chat(2));
        assertThat(planner.shadowComparisons())
                .containsExactly(new Promotion.ShadowComparison("value", 2, .1875, .8125, -.75, -.5));
        judgeAllRight(trial);
        Promotion record = promotions.get(1);
        assertThat(record.outcome()).isEqualTo(PromotionOutcome.PROMOTED);
        assertThat(record.shadowed())
                .isEqualTo(List.of(new Promotion.ShadowComparison("value", 2, .1875, .8125, -.75, -.5)));
        assertThat(record.comparisons()).hasSize(4);
    }

    @Test
    void ofTwoOtherVersionsThereIsNothingToTell() throws IOException {
        publish(1);
        value(arrive(chat(0)), .25f, .75f);
        List<RolloutRequest> late = arrive(chat(1));
        List<RolloutRequest> trial = trialRequests();
        publish(2);
        value(arrive(chat(2)), .5f, .5f);
        value(late, 0f, 1f);
        assertThat(planner.shadowComparisons())
                .containsExactly(new Promotion.ShadowComparison("value", 1, .5, .5, 0, 0));
        assertThat(planner.shadows(ShadowOutcome.LOST)).isOne();
        judgeAllRight(trial);
        assertThat(promotions.get(1).version()).isOne();
        assertThat(promotions.get(1).shadowed()).isEmpty();
    }

    @Test
    void whatIsTooMuchIsDroppedAndCounted() throws IOException {
        publish(1);
        for (int i = 0; i < ShadowTraffic.MOST_OPEN; i++) {
            assertThat(arrive(chat(i))).hasSize(2);
        }
        assertThat(arrive(chat(99))).isEmpty();
        assertThat(planner.shadows(ShadowOutcome.DROPPED)).isOne();
        assertThat(planner.openShadows()).isEqualTo(ShadowTraffic.MOST_OPEN);
        now = now.plus(Duration.ofMinutes(10));
        planner.tick();
        assertThat(planner.shadows(ShadowOutcome.LOST)).isEqualTo(ShadowTraffic.MOST_OPEN);
        assertThat(arrive(chat(100))).as("there is room again").hasSize(2);
    }

    @Test
    void noMorePairsAreComparedThanMayBe() throws IOException {
        publish(1);
        for (int i = 0; i < ShadowTraffic.MOST_PAIRS; i++) {
            value(arrive(chat(i)), .5f, .5f);
        }
        assertThat(arrive(chat(ShadowTraffic.MOST_PAIRS))).isEmpty();
        assertThat(planner.shadows(ShadowOutcome.COMPARED)).isEqualTo(ShadowTraffic.MOST_PAIRS);
    }

    @Test
    void aResponseThatIsNotThereAndAQuestionThatIsDeletedAreNoPairs() throws IOException {
        publish(1);
        List<RolloutRequest> failing = arrive(chat(0));
        planner.on(valued(failing.get(0).id().sample(0), .5f));
        planner.on(unvalued(failing.get(1).id().sample(0)));
        assertThat(planner.shadows(ShadowOutcome.FAILED)).isOne();
        List<RolloutRequest> deleted = arrive(chat(1));
        assertThat(arrive(ArrivingQuestion.deleted(chat(1).id()))).isEmpty();
        value(deleted, .5f, .5f);
        assertThat(planner.shadows(ShadowOutcome.DELETED)).isOne();
        assertThat(planner.shadowComparisons()).isEmpty();
    }

    @Test
    void aQuestionThatIsDeletedAfterItWasComparedCountsNoMoreAndIsJudgedByNobody() throws IOException {
        publish(1);
        List<RolloutRequest> asked = arrive(chat(0));
        value(asked, .5f, .25f);
        assertThat(planner.on(correct(asked.get(0).id().sample(0), "7"))).isEmpty();

        assertThat(arrive(ArrivingQuestion.deleted(chat(0).id()))).isEmpty();
        assertThat(planner.on(wrong(asked.get(1).id().sample(0), "7", false))).isEmpty();

        assertThat(planner.shadows(ShadowOutcome.DELETED)).isOne();
        assertThat(planner.shadowComparisons()).isEmpty();
    }

    @Test
    void whoJudgesWithoutAnAnswerIsComparedToo() throws IOException {
        publish(1);
        List<RolloutRequest> asked = arrive(chat(0));
        TrajectoryId candidate = asked.get(0).id().sample(0);
        TrajectoryId promoted = asked.get(1).id().sample(0);
        assertThat(planner.on(correct(candidate, "7"))).isEmpty();
        value(asked, .5f, .5f);
        assertThat(planner.on(wrong(promoted, "7", false))).isEmpty();
        assertThat(planner.shadowComparisons()).contains(new Promotion.ShadowComparison("verdict", 1, 1, 0, 1, 1));
    }

    @Test
    void metersSayWhatItCameTo() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new EvalMeters(registry, planner, new OtherServices(Map.of(), List::of, () -> now));
        publish(1);
        value(arrive(chat(0)), .75f, .25f);
        assertThat(registry.get("tempo.eval.shadow.questions")
                        .tag("outcome", "compared")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("tempo.eval.shadow.difference")
                        .tag("measure", "value")
                        .gauge()
                        .value())
                .isEqualTo(.5);
        assertThat(registry.get("tempo.eval.shadow.pairs")
                        .tag("measure", "verdict")
                        .gauge()
                        .value())
                .isNaN();
    }

    @Test
    void aRunWithoutAShareAsksNobody() throws IOException {
        run = RunBuilder.aRun("other", directory).promoting(200, STEP).active();
        Files.createDirectories(Path.of(run.directory()));
        take(planner.on(run));
        publish(0);
        publish(1);
        critic(0);
        assertThat(arrive(chat(0))).isEmpty();
    }

    private static ArrivingQuestion chat(int number) {
        return new ArrivingQuestion(
                "kiosk.chat-" + DigestUtils.md5Hex("chat " + number), "chat " + number + "?", null, null);
    }

    private List<RolloutRequest> arrive(ArrivingQuestion question) {
        return planner.on(question).stream()
                .peek(of -> assertThat((Object) of.topic()).isEqualTo(Topics.EVALUATION_ROLLOUT_REQUESTS))
                .flatMap(of -> of.messages().stream())
                .map(RolloutRequest.class::cast)
                .toList();
    }

    private void value(List<RolloutRequest> asked, float candidate, float promoted) {
        assertThat(asked).hasSize(2);
        planner.on(valued(asked.get(0).id().sample(0), candidate));
        planner.on(valued(asked.get(1).id().sample(0), promoted));
    }

    private List<RolloutRequest> trialRequests() {
        return requests.stream()
                .filter(request -> ShadowQuestion.of(request.id().question()).isEmpty())
                .toList();
    }

    private void judgeAllRight(List<RolloutRequest> first) {
        List<RolloutRequest> open = first;
        while (!open.isEmpty()) {
            int before = requests.size();
            for (RolloutRequest request : open) {
                IntStream.range(0, request.samples())
                        .forEach(sample -> take(planner.on(correct(request.id().sample(sample), "7"))));
            }
            open = List.copyOf(requests.subList(before, requests.size()));
        }
    }

    private void critic(int version) {
        planner.on(new CriticVersion(run.run(), version, run.base(), true, Map.of(), 0, 0));
    }

    private ModelReference model(int version) {
        Path files = RunDirectory.of(run).policy().version(version);
        return new ModelReference(files.toUri().toString(), DigestUtils.sha256Hex("version " + version));
    }

    private void publish(int version) throws IOException {
        PolicyVersion named = RunBuilder.version(run, version, Map.of());
        if (version > 0) {
            Path files = Files.createDirectories(RunDirectory.of(run).policy().version(version));
            Files.writeString(files.resolve("model.safetensors"), "version " + version);
        }
        take(planner.on(new PolicyVersion(
                named.run(),
                version,
                version == 0 ? run.base() : model(version),
                named.stage(),
                named.roundOfStage(),
                named.last(),
                named.statistics(),
                named.rows(),
                1,
                1)));
    }

    private void take(List<Outgoing<?>> outgoing) {
        for (Outgoing<?> of : outgoing) {
            for (Object message : of.messages()) {
                if (message instanceof Promotion promotion) {
                    promotions.add(promotion);
                    planner.on(promotion);
                } else if (message instanceof RolloutRequest request) {
                    requests.add(request);
                }
            }
        }
    }
}
