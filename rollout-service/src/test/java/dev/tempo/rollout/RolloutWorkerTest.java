package dev.tempo.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.Chat;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.fixtures.Damage;
import dev.tempo.messaging.NotYetException;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.messaging.service.RunLines;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.rollout.environment.Calculator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RolloutWorkerTest {
    private static final Generation FREE = new Generation(1, 12, null);
    private static final Generation CALCULATED = new Generation(1, 12, "calculator");

    @TempDir
    static Path folder;

    private static ModelReference model;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.now();
    private final RolloutWorker worker = worker(GenerationLimits.standard());

    @BeforeAll
    static void aTinyModel() {
        model = Samples.model(folder.resolve("model"));
    }

    @AfterEach
    void close() {
        worker.close();
    }

    @Test
    void aRequestIsAnsweredByAllItsSamples() {
        RolloutRequest request = request("q", 5, CALCULATED);

        List<Trajectory> trajectories = worker.answer(List.of(request));

        assertThat(trajectories)
                .extracting(Trajectory::id)
                .containsExactly(
                        request.id().sample(0),
                        request.id().sample(1),
                        request.id().sample(2),
                        request.id().sample(3),
                        request.id().sample(4));
        assertThat(trajectories.stream().map(Trajectory::response).distinct()).hasSizeGreaterThan(2);
        assertThat(trajectories).allSatisfy(trajectory -> {
            assertThat(trajectory.promptTokens().length()).isEqualTo("x*2+3=5".length());
            assertThat(trajectory.responseTokens().length()).isBetween(1, 12);
        });
    }

    /** Not even its files are looked at, which may be gone. */
    @Test
    void whatARunThatIsOverHasLeftBehindHoldsUpNobody() {
        Run run = new Run(
                "run",
                RunState.ACTIVE,
                RecipeBuilder.recipe(StageBuilder.testTime("only").rounds(4).build())
                        .build(),
                model,
                "nowhere",
                null);
        ModelReference gone = new ModelReference(
                folder.resolve("runs/run/promoted/v00003").toUri().toString(), model.sha256());
        RolloutRequest left = new RolloutRequest(
                new RequestId("run", 3, Purpose.EVALUATION, 0, "set/q"), 7, gone, "default", "x*2", 1, FREE);
        assertThatThrownBy(() -> worker.answer(List.of(left))).isInstanceOf(NotYetException.class);

        worker.announced(run.withState(RunState.FINISHED));

        assertThat(worker.answer(List.of(left))).isEmpty();
    }

    @Test
    void whatNobodyHasAnnouncedIsRefusedOnceTheAnnouncementsAreRead() {
        now = Instant.EPOCH;
        AtomicBoolean read = new AtomicBoolean();
        worker.announcementsReadBy(() -> read::get);
        worker.caughtUp();
        RolloutRequest request = request("q", 1, FREE);

        assertThat(worker.answer(List.of(request))).hasSize(1);
        now = now.plusSeconds(60);
        assertThat(worker.answer(List.of(request)))
                .as("its announcement may still come")
                .hasSize(1);
        read.set(true);

        assertThatThrownBy(() -> worker.answer(List.of(request)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("there is no run run");
    }

    @Test
    void theLogTellsOnceThatAPolicyWasLoaded() {
        try (RunLines lines = new RunLines()) {
            worker.answer(List.of(request("q", 1, FREE)));
            worker.answer(List.of(request("r", 1, FREE)));

            assertThat(lines.of("run")).containsExactly("model loaded round=3 version=3");
        }
    }

    @Test
    void aQuestionIsPutWithinTheRecipesPrompt() {
        Generation within = new Generation(1, 4, null, "a{question}=", null, null);

        Trajectory trajectory = worker.answer(List.of(request("q", 1, within))).get(0);

        assertThat(trajectory.renderedPrompt()).isEqualTo("ax*2+3=5=");
        assertThat(trajectory.promptTokens().length()).isEqualTo("ax*2+3=5=".length());
    }

    @Test
    void aQuestionGoesThroughTheModelsChatTemplate() throws IOException {
        ModelReference chatting = Samples.model(folder.resolve("chatting"));
        Files.writeString(
                folder.resolve("chatting/chat_template.jinja"),
                "{% for m in messages %}{{ m.content }}{% endfor %}{{ '|' if enable_thinking else '/' }}");
        Generation chat = new Generation(1, 4, null, "{question}a", new Chat("1+1", true), null);

        Trajectory trajectory = worker.answer(List.of(new RolloutRequest(
                        new RequestId("run", 3, Purpose.UNLABELED, 0, "q"), 7, chatting, "default", "x*2", 1, chat)))
                .get(0);

        assertThat(trajectory.renderedPrompt()).isEqualTo("1+1x*2a|");
    }

    @Test
    void withoutAChatTemplateTheSamplesFailWithTheReason() {
        Generation chat = new Generation(1, 4, null, null, new Chat(null, null), null);

        List<Trajectory> trajectories = worker.answer(List.of(request("q", 2, chat)));

        assertThat(trajectories)
                .hasSize(2)
                .allSatisfy(trajectory ->
                        assertThat(trajectory.failure()).contains("generation.chat", "chat_template.jinja"));
    }

    @Test
    void aStopStringEndsTheTextBeforeAndTheTokensWithItself() {
        List<Trajectory> free = worker.answer(List.of(request("q", 64, FREE)));
        Generation stopping = new Generation(1, 12, null, null, null, List.of("1", "+"));

        List<Trajectory> stopped = worker.answer(List.of(request("q", 64, stopping)));

        for (int sample = 0; sample < 64; sample++) {
            String whole = free.get(sample).response();
            String text = stopped.get(sample).response();
            boolean found = whole.contains("1") || whole.contains("+");
            assertThat(text).isEqualTo(whole.split("[1+]", 2)[0]);
            if (found) {
                assertThat(stopped.get(sample).stopReason()).isEqualTo(StopReason.END);
                assertThat(stopped.get(sample).responseTokens().length()).isEqualTo(text.length() + 1);
            } else {
                assertThat(stopped.get(sample)).isEqualTo(free.get(sample));
            }
        }
        assertThat(stopped).isNotEqualTo(free);
    }

    @Test
    void aRecipeMayLeaveOnlyTheMostProbableTokens() {
        for (Generation one : List.of(
                new Generation(0, 12, null), only(1, null, null), only(null, 1e-9, null), only(null, null, 1.0))) {
            assertThat(worker.answer(List.of(request("q", 6, one))).stream()
                            .map(Trajectory::responseTokens)
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void theTextLeavesOutTheTokenThatEndsIt() {
        List<Trajectory> trajectories = worker.answer(List.of(request("q", 64, FREE)));

        assertThat(trajectories).extracting(Trajectory::stopReason).contains(StopReason.END, StopReason.LENGTH);
        assertThat(trajectories).allSatisfy(trajectory -> {
            boolean ended = trajectory.stopReason() == StopReason.END;
            assertThat(trajectory.response()).doesNotContain("$");
            assertThat(trajectory.responseTokens().length())
                    .isEqualTo(trajectory.response().length() + (ended ? 1 : 0));
        });
    }

    @Test
    void theCalculatorsTokensCarryTheMask() {
        List<Trajectory> trajectories = worker.answer(List.of(request("q", 64, CALCULATED)));

        assertThat(trajectories)
                .anySatisfy(trajectory ->
                        assertThat(trajectory.environment().bits()).contains("1"));
        assertThat(worker.answer(List.of(request("q", 64, FREE))))
                .allSatisfy(trajectory ->
                        assertThat(trajectory.environment().bits()).doesNotContain("1"));
    }

    @Test
    void anAnswerDoesNotDependOnItsCompanyItsWorkerOrItsRun() {
        RolloutRequest request = request("q", 4, CALCULATED);
        RolloutRequest ofAnotherRun = new RolloutRequest(
                new RequestId("another", 3, Purpose.UNLABELED, 0, "q"),
                7,
                model,
                "default",
                request.questionText(),
                4,
                CALCULATED);

        List<Trajectory> alone = worker.answer(List.of(request));
        List<Trajectory> inCompany =
                worker.answer(List.of(request("p", 3, FREE), request, request("r", 5, CALCULATED)));
        RolloutWorker narrow = worker(new GenerationLimits(1 << 20, 3));
        List<Trajectory> elsewhere = narrow.answer(List.of(ofAnotherRun));
        narrow.close();

        assertThat(inCompany.subList(3, 7)).isEqualTo(alone);
        assertThat(elsewhere)
                .extracting(Trajectory::responseTokens)
                .isEqualTo(alone.stream().map(Trajectory::responseTokens).toList());
        assertThat(elsewhere)
                .extracting(Trajectory::logProbs)
                .isEqualTo(alone.stream().map(Trajectory::logProbs).toList());
    }

    @Test
    void roundPurposeStepQuestionAndSeedEachGiveOtherAnswers() {
        List<RolloutRequest> requests = List.of(
                request(7, new RequestId("run", 3, Purpose.LABELED, 0, "q")),
                request(8, new RequestId("run", 3, Purpose.LABELED, 0, "q")),
                request(7, new RequestId("run", 4, Purpose.LABELED, 0, "q")),
                request(7, new RequestId("run", 3, Purpose.WARM_UP, 0, "q")),
                request(7, new RequestId("run", 3, Purpose.WARM_UP, 1, "q")),
                request(7, new RequestId("run", 3, Purpose.LABELED, 0, "p")));

        assertThat(worker.answer(requests))
                .extracting(trajectory -> trajectory.responseTokens().toString())
                .doesNotHaveDuplicates();
    }

    @Test
    void batchesKeepToOneVersion() {
        ModelReference other = new ModelReference("file:///other", "1".repeat(64));
        RolloutRequest first = request("a", 2, FREE);
        RolloutRequest second = request("b", 2, FREE);
        RolloutRequest ofOther = new RolloutRequest(first.id(), 7, other, "default", "x", 1, FREE);

        assertThat(worker.batches(List.of(first, ofOther, second)))
                .containsExactly(List.of(first, second), List.of(ofOther));
    }

    @Test
    void aBatchOfTwoVersionsIsRefused() {
        RolloutRequest ofOther = new RolloutRequest(
                new RequestId("run", 3, Purpose.LABELED, 0, "q"),
                7,
                new ModelReference("file:///other", "1".repeat(64)),
                "default",
                "x",
                1,
                FREE);

        assertThatThrownBy(() -> worker.answer(List.of(request("q", 1, FREE), ofOther)))
                .hasMessageContaining("one policy version")
                .hasMessageContaining("file:///other");
    }

    @Test
    void anUnknownEnvironmentFailsItsRequestAlone() {
        RolloutRequest unknown = request("q", 2, new Generation(1, 12, "abacus"));

        List<Trajectory> trajectories = worker.answer(List.of(unknown, request("p", 1, FREE)));

        assertThat(trajectories.stream().filter(Trajectory::isFailed))
                .hasSize(2)
                .allSatisfy(failed -> assertThat(failed.failure())
                        .isEqualTo("no environment named 'abacus'; rollout-service has [calculator]"));
        assertThat(trajectories)
                .filteredOn(trajectory -> !trajectory.isFailed())
                .hasSize(1);
    }

    @Test
    void aPromptThatTheVocabularyCannotExpressFailsAndItsTextIsNotRepeated() {
        RolloutRequest request = request("q", "x*2+§=5", FREE);

        assertFailure(request, "cannot be tokenized", "vocabulary lacks a character");
        assertThat(worker.answer(List.of(request)))
                .allSatisfy(failed -> assertThat(failed.failure()).doesNotContain("§", "x*2"));
    }

    @Test
    void aPromptThatLeavesNoRoomFails() {
        assertFailure(request("q", "x".repeat(40), FREE), "40 tokens", "maxNewTokens 12", "48 positions");
    }

    @Test
    void aRequestThatNeedsMoreMemoryThanThereMayBeFailsAlone() {
        RolloutWorker small = worker(new GenerationLimits(2_500, 256));
        RolloutRequest large = request("q", "x".repeat(30), FREE);

        List<Trajectory> trajectories = small.answer(List.of(large, request("p", 3, FREE)));

        assertThat(trajectories.subList(0, 2))
                .allSatisfy(failed ->
                        assertThat(failed.failure()).contains("30 tokens", "limit of 12", "2500 are all there may be"));
        assertThat(trajectories.subList(2, 5)).noneMatch(Trajectory::isFailed);
        assertThat(registry.get("tempo.rollout.trajectories")
                        .tag("stop", "failed")
                        .counter()
                        .count())
                .isEqualTo(2);
        small.close();
    }

    @Test
    void otherWeightsThanPromisedAreWaitedForAndSaid() {
        ModelReference wrong = new ModelReference(model.uri(), "a".repeat(64));
        RolloutRequest request =
                new RolloutRequest(new RequestId("run", 3, Purpose.LABELED, 0, "q"), 7, wrong, "default", "x", 1, FREE);

        assertThatThrownBy(() -> worker.answer(List.of(request)))
                .isInstanceOf(NotYetException.class)
                .hasMessageContaining("cannot be loaded")
                .hasMessageContaining("a".repeat(64));
    }

    @Test
    void aModelThatNobodyWritesAgainIsWaitedForUntilItsFilesAreBack() {
        Path absent = folder.resolve("absent");
        ModelReference missing = new ModelReference(absent.toUri().toString(), model.sha256());
        RolloutRequest request = new RolloutRequest(
                new RequestId("run", 3, Purpose.LABELED, 0, "q"), 7, missing, "default", "x", 1, FREE);

        assertThatThrownBy(() -> worker.answer(List.of(request)))
                .isInstanceOf(NotYetException.class)
                .hasMessageContaining("absent");
        Samples.model(absent);
        assertThat(worker.answer(List.of(request))).noneMatch(Trajectory::isFailed);
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void theNewestVersionIsWaitedForUntilItsTrainerHasWrittenItAgain(Damage damage) {
        Path version = folder.resolve("damaged-" + damage).resolve("policy").resolve("v00003");
        ModelReference reference = Samples.model(version);
        damage.to(version.resolve("model.safetensors"));
        RolloutRequest request = new RolloutRequest(
                new RequestId("run", 3, Purpose.LABELED, 0, "q"), 7, reference, "default", "x", 1, FREE);
        RolloutWorker waiting = worker(GenerationLimits.standard());

        assertThatThrownBy(() -> waiting.answer(List.of(request)))
                .isInstanceOf(NotYetException.class)
                .hasMessageContaining("v00003");
        Samples.model(version);
        assertThat(waiting.answer(List.of(request))).noneMatch(Trajectory::isFailed);
        waiting.close();
    }

    @Test
    void aVersionThatHasTwoSuccessorsIsNotWaitedFor() throws IOException {
        Path version = folder.resolve("deleted").resolve("policy").resolve("v00003");
        Files.createDirectories(version.resolveSibling("v00004"));
        ModelReference deleted = new ModelReference(version.toUri().toString(), "a".repeat(64));
        RolloutRequest request = new RolloutRequest(
                new RequestId("run", 3, Purpose.LABELED, 0, "q"), 7, deleted, "default", "x", 1, FREE);

        assertThatThrownBy(() -> worker.answer(List.of(request)))
                .as("its trainer can still write it again")
                .isInstanceOf(NotYetException.class)
                .hasMessageContaining("v00003");
        Files.createDirectories(version.resolveSibling("v00005"));
        assertFailure(request, "cannot be loaded", "v00003");
    }

    @Test
    void whatIsNoFileFails() {
        ModelReference remote = new ModelReference("s3://bucket/policy", "a".repeat(64));
        RolloutRequest request = new RolloutRequest(
                new RequestId("run", 3, Purpose.LABELED, 0, "q"), 7, remote, "default", "x", 1, FREE);

        assertFailure(request, "s3://bucket/policy is no file: URI");
    }

    @Test
    void everyTrajectoryIsCounted() {
        List<Trajectory> trajectories =
                worker.answer(List.of(request("q", 32, FREE), request("p", 3, new Generation(1, 12, "abacus"))));
        int tokens = trajectories.stream()
                .mapToInt(trajectory -> trajectory.responseTokens().length())
                .sum();

        assertThat(registry.get("tempo.rollout.tokens").counter().count()).isEqualTo(tokens);
        assertThat(registry.get("tempo.rollout.response.tokens").summary().count())
                .isEqualTo(32);
        assertThat(registry.get("tempo.rollout.trajectories")
                        .tag("stop", "failed")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get("tempo.rollout.generation").timer().count()).isEqualTo(1);
    }

    private static Generation only(@Nullable Integer topK, @Nullable Double topP, @Nullable Double minP) {
        return new Generation(1, 12, null, null, null, null, topK, topP, minP);
    }

    private void assertFailure(RolloutRequest request, String... reasons) {
        assertThat(worker.answer(List.of(request)))
                .hasSize(request.samples())
                .allSatisfy(failed -> assertThat(failed.failure()).contains(reasons));
    }

    private RolloutWorker worker(GenerationLimits limits) {
        return new RolloutWorker(
                new PolicyShelf(1, limits, WeightType.FLOAT32),
                new Environments(
                        List.of(new EnvironmentKind("calculator", tokenizer -> new Calculator(tokenizer::id)))),
                new RolloutMetrics(registry),
                () -> now);
    }

    private static RolloutRequest request(String question, int samples, Generation generation) {
        return new RolloutRequest(
                new RequestId("run", 3, Purpose.UNLABELED, 0, question),
                7,
                model,
                "default",
                "x*2+3=5",
                samples,
                generation);
    }

    private static RolloutRequest request(String question, String prompt, Generation generation) {
        return new RolloutRequest(
                new RequestId("run", 3, Purpose.UNLABELED, 0, question), 7, model, "default", prompt, 2, generation);
    }

    private static RolloutRequest request(long seed, RequestId id) {
        return new RolloutRequest(id, seed, model, "default", "x*2+3=5", 1, FREE);
    }
}
