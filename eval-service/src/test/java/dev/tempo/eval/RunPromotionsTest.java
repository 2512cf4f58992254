package dev.tempo.eval;

import static dev.tempo.eval.Verdicts.correct;
import static dev.tempo.eval.Verdicts.wrong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.Answer;
import dev.tempo.contract.FencedException;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.PromotionWish;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.messaging.Outgoing;
import dev.tempo.runs.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class RunPromotionsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int QUESTIONS = 200;
    private static final int STEP = 40;

    @TempDir
    Path directory;

    private final List<Promotion> promotions = new ArrayList<>();
    private final List<RolloutRequest> requests = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private Instant now = NOON;
    private EvaluationPlanner planner = planner();
    private Run run;

    private EvaluationPlanner planner() {
        return new EvaluationPlanner(
                new EvalProperties(Duration.ofMinutes(1), Duration.ofMinutes(5), Map.of(), null, "tempo"), () -> now);
    }

    @BeforeEach
    void aRunThatPromotes() throws IOException {
        run = RunBuilder.aRun("run", directory).promoting(QUESTIONS, STEP).active();
        Files.createDirectories(Path.of(run.directory()));
        start();
    }

    private void start() {
        take(planner.assigned(1));
        promotions.forEach(planner::on);
        take(planner.caughtUp());
        take(planner.on(run));
    }

    @Test
    void theFirstVersionIsPromotedAsItIs() throws IOException {
        publish(0);
        assertThat(promotions).hasSize(1);
        assertThat(promotions.get(0).outcome()).isEqualTo(PromotionOutcome.PROMOTED);
        assertThat(promotions.get(0).version()).isZero();
        assertThat(requests).isEmpty();
        assertThat(planner.isTried(run)).isTrue();
    }

    @Test
    void aRecordThatTheBrokerNeverToldIsPublishedAgainByWhoGoesOn() {
        assertThat(publishedBy(planner.on(RunBuilder.version(run, 0, Map.of()))))
                .hasSize(1);
        planner.revoked();
        List<Promotion> again = publishedBy(planner.assigned(2));
        assertThat(again).hasSize(1);
        planner.on(again.get(0));
        planner.revoked();
        assertThat(publishedBy(planner.assigned(3))).isEmpty();
    }

    private static List<Promotion> publishedBy(List<Outgoing<?>> outgoing) {
        return outgoing.stream()
                .flatMap(one -> one.messages().stream())
                .filter(Promotion.class::isInstance)
                .map(Promotion.class::cast)
                .toList();
    }

    @Test
    void anEquallyGoodVersionIsPromotedOnceThatIsSureEnoughAndNoQuestionMoreIsAsked() throws IOException {
        publish(0);
        publish(1);
        assertThat(answers)
                .hasSize(QUESTIONS)
                .allMatch(answer -> answer.question().startsWith("promotion/q"));
        assertThat(requests).as("both versions are asked").hasSize(2 * STEP);
        judge((id, text) -> correct(id, text));
        Promotion record = promotions.get(1);
        assertThat(record.outcome()).as(record.toString()).isEqualTo(PromotionOutcome.PROMOTED);
        assertThat(record.version()).isOne();
        assertThat(record.against()).isZero();
        assertThat(record.questions()).isLessThan(QUESTIONS).isEqualTo(requests.size() / 2);
        assertThat(record.comparisons())
                .extracting(Promotion.Comparison::measure)
                .containsExactly("avg", "pass", "malformed", "length");
        assertThat(record.comparisons())
                .allSatisfy(comparison -> assertThat(comparison.notWorse()).isGreaterThanOrEqualTo(.95));
        assertThat(RunDirectory.pathOf(record.model()))
                .isEqualTo(RunDirectory.of(run).promotions().version(1));
        assertThat(RunDirectory.of(run).promotions().version(1).resolve("model.safetensors"))
                .hasContent("version 1");
    }

    @Test
    void aWorseVersionStaysACandidateAndThePromotedOneIsNotAskedAgain() throws IOException {
        publish(0);
        publish(1);
        judge((id, text) -> id.request().round() == 1 ? wrong(id, "7", false) : correct(id, text));
        assertThat(promotions.get(1).outcome()).isEqualTo(PromotionOutcome.WORSE);
        assertThat(promotions.get(1).reason()).isEqualTo("worse by more than the margin in avg, pass");
        int asked = requests.size();
        publish(2);
        judge((id, text) -> correct(id, text));
        Promotion second = promotions.get(2);
        assertThat(second.outcome()).isEqualTo(PromotionOutcome.PROMOTED);
        assertThat(second.against()).isZero();
        long again = requests.subList(asked, requests.size()).stream()
                .filter(request -> request.id().round() == 0)
                .count();
        assertThat(again).isEqualTo(second.questions() - promotions.get(1).questions());
    }

    @Test
    void aVersionThatAnswersWithoutAnswersIsWorseThoughItIsRightAsOften() throws IOException {
        publish(0);
        publish(1);
        judge((id, text) -> wrong(id, id.request().round() == 1 ? null : "7", false));
        assertThat(promotions.get(1).outcome()).isEqualTo(PromotionOutcome.WORSE);
        assertThat(promotions.get(1).reason()).endsWith("in malformed");
    }

    @Test
    void whereTheQuestionsDoNotTellThePromotedOneStays() throws IOException {
        publish(0);
        publish(1);
        judge((id, text) ->
                Integer.parseInt(text) % 2 == id.request().round() ? correct(id, text) : wrong(id, "7", false));
        assertThat(promotions.get(1).outcome()).isEqualTo(PromotionOutcome.UNDECIDED);
        assertThat(promotions.get(1).questions()).isEqualTo(QUESTIONS);
    }

    @Test
    void ofVersionsThatWaitTheNewestIsTried() throws IOException {
        publish(0);
        publish(1);
        publish(2);
        publish(3);
        judge((id, text) -> correct(id, text));
        assertThat(promotions).extracting(Promotion::version).containsExactly(0, 1, 3);
        assertThat(promotions.get(2).against()).isOne();
        assertThat(planner.isTried(run)).isTrue();
    }

    @Test
    void anInstanceThatTakesOverInTheMiddleComesToTheSameRecord() throws IOException {
        publish(0);
        publish(1);
        judge((id, text) -> correct(id, text));
        Promotion undisturbed = promotions.remove(1);
        FileSystemUtils.deleteRecursively(Path.of(run.directory()).resolve("announced"));
        requests.clear();

        planner = planner();
        start();
        publish(0);
        publish(1);
        for (RolloutRequest request : List.copyOf(requests).subList(0, 10)) {
            judge(request, 0, (id, text) -> correct(id, text));
        }
        planner = planner();
        start();
        publish(0);
        publish(1);
        judge((id, text) -> correct(id, text));
        assertThat(promotions.get(promotions.size() - 1))
                .usingRecursiveComparison()
                .ignoringFields("token")
                .isEqualTo(undisturbed);
    }

    @Test
    void whatTheBrokerLostIsAnnouncedAgainWordForWord() throws IOException {
        publish(0);
        publish(1);
        judge((id, text) -> correct(id, text));
        List<Promotion> before = List.copyOf(promotions);
        promotions.clear();
        requests.clear();
        planner = planner();
        start();
        publish(0);
        publish(1);
        assertThat(promotions).isEqualTo(before);
        assertThat(requests).isEmpty();
    }

    @Test
    void anOperatorsWishIsDoneOnceWithoutATrial() throws IOException {
        publish(0);
        publish(1);
        judge((id, text) -> id.request().round() == 1 ? wrong(id, "7", false) : correct(id, text));
        run = run.withPromotion(new PromotionWish("wish-1", 1));
        take(planner.on(run));
        take(planner.on(run));
        assertThat(promotions).hasSize(3);
        assertThat(promotions.get(2).outcome()).isEqualTo(PromotionOutcome.PROMOTED);
        assertThat(promotions.get(2).wish()).isEqualTo("wish-1");
        assertThat(promotions.get(2).reason()).isEqualTo("its operator wants it");
        run = run.withPromotion(new PromotionWish("wish-2", 9));
        take(planner.on(run));
        assertThat(promotions.get(3).outcome()).isEqualTo(PromotionOutcome.UNDECIDED);
        assertThat(promotions.get(3).reason()).isEqualTo("there is no version v9");
        publish(2);
        judge((id, text) -> correct(id, text));
        assertThat(promotions.get(4).against())
                .as("the wished one is the promoted one")
                .isOne();
    }

    @Test
    void whatAnOperatorPromotesIsNotTriedAgainstItselfNorReplacedByAnEarlierVersion() throws IOException {
        publish(0);
        publish(1);
        publish(2);
        run = run.withPromotion(new PromotionWish("wish-1", 2));
        take(planner.on(run));
        judge((id, text) -> correct(id, text));
        assertThat(promotions).extracting(Promotion::version).containsExactly(0, 2);
        assertThat(planner.isTried(run)).isTrue();

        publish(3);
        judge((id, text) -> correct(id, text));
        assertThat(promotions.get(2).version()).isEqualTo(3);
        assertThat(promotions.get(2).against()).isEqualTo(2);
    }

    @Test
    void whereTrainingWaitsForATrialWhatAnOperatorPromotedIsTriedAgainstTheVersionBeforeIt() throws IOException {
        trainingGoesBack();
        publish(0);
        publish(1);
        run = run.withPromotion(new PromotionWish("wish-1", 1));
        take(planner.on(run));
        judge((id, text) -> id.request().round() == 1 ? wrong(id, "7", false) : correct(id, text));

        assertThat(promotions).extracting(Promotion::version).containsExactly(0, 1, 1);
        assertThat(promotions.get(2).wish()).isNull();
        assertThat(promotions.get(2).against()).isZero();
        assertThat(promotions.get(2).outcome()).isEqualTo(PromotionOutcome.WORSE);
    }

    @Test
    void aVersionWhoseFilesAreGoneOrOthersThanAnnouncedIsNotTried() throws IOException {
        publish(0);
        publish(1, "version 1, and a flipped bit");
        assertThat(requests).isEmpty();
        judge((id, text) -> correct(id, text));
        assertThat(promotions.get(1).outcome()).isEqualTo(PromotionOutcome.UNDECIDED);
        assertThat(promotions.get(1).reason()).startsWith("v1 cannot be kept in ");
    }

    @Test
    void whereTrainingGoesByTheTrialItWaitsForTheVersionsFilesInstead() throws IOException {
        trainingGoesBack();
        publish(0);
        publish(1, "version 1, and a flipped bit");
        assertThat(requests).isEmpty();
        assertThat(promotions).hasSize(1);
        Files.writeString(RunDirectory.of(run).policy().version(1).resolve("model.safetensors"), "version 1");
        now = NOON.plusSeconds(2);
        take(planner.retried());
        judge((id, text) -> correct(id, text));
        assertThat(promotions).extracting(Promotion::version).containsExactly(0, 1);
        assertThat(promotions.get(1).outcome()).isEqualTo(PromotionOutcome.PROMOTED);
    }

    @Test
    void aPromotionSetThatSomebodyEditsPostponesTheTrialUntilItIsMended() throws IOException {
        Path set =
                Path.of(Objects.requireNonNull(run.recipe().promotion()).set().file());
        String whole = Files.readString(set);
        publish(0);
        Files.writeString(set, "{");
        publish(1);
        assertThat(requests).isEmpty();
        assertThat(planner.problems().get("run run")).contains("the promotion of a version waits", set.toString());

        Files.writeString(set, whole);
        now = now.plusSeconds(1);
        take(planner.retried());

        assertThat(planner.problems()).isEmpty();
        judge((id, text) -> correct(id, text));
        assertThat(promotions).extracting(Promotion::version).containsExactly(0, 1);
    }

    @Test
    void anInstanceThatWasFrozenAndSucceededMakesNoRecordOfItsOwn() throws IOException {
        publish(0);
        publish(1);
        EvaluationPlanner frozen = planner;
        List<RolloutRequest> asked = List.copyOf(requests);
        planner = planner();
        start();
        publish(0);
        publish(1);
        requests.clear();
        judgeAll(asked, (id, text) -> id.request().round() == 1 ? wrong(id, "7", false) : correct(id, text));
        assertThat(promotions).extracting(Promotion::version).containsExactly(0, 1);
        Promotion decided = promotions.get(1);
        assertThat(decided.outcome()).isEqualTo(PromotionOutcome.WORSE);
        assertThat(decided.token()).isEqualTo(2);

        EvaluationPlanner successor = planner;
        planner = frozen;
        assertThatThrownBy(() -> judgeAll(asked, (id, text) -> correct(id, text)))
                .isInstanceOf(FencedException.class);
        planner = successor;
        assertThat(promotions).hasSize(2);
        assertThat(RunDirectory.of(run).promotions().announced()).hasSize(2);
        assertThat(RunDirectory.of(run).promotions().version(1))
                .as("the successor has deleted what lost, and the frozen one has not brought it back")
                .doesNotExist();
    }

    @Test
    void whatIsOnTrialAndTheLastFiveThatWerePromotedStayThoughTrainersDeleteThem() throws IOException {
        publish(0);
        for (int version = 1; version <= 8; version++) {
            publish(version);
            FileSystemUtils.deleteRecursively(RunDirectory.of(run).policy().version(version));
            assertThat(RunDirectory.of(run).promotions().version(version))
                    .as("version %s on trial", version)
                    .exists();
            boolean better = version % 3 != 0;
            judge((id, text) -> id.request().round() % 3 == 0 && id.request().round() > 0
                    ? wrong(id, "7", false)
                    : correct(id, text));
            assertThat(promotions.get(promotions.size() - 1).outcome())
                    .isEqualTo(better ? PromotionOutcome.PROMOTED : PromotionOutcome.WORSE);
        }
        try (Stream<Path> kept =
                Files.list(RunDirectory.of(run).promotions().version(8).resolveSibling(""))) {
            assertThat(kept.map(path -> path.getFileName().toString()))
                    .as("of those that are or were promoted")
                    .containsExactlyInAnyOrder("v00002", "v00004", "v00005", "v00007", "v00008");
        }
    }

    /** A worker may still get what was asked of the first trial: it has to find the copy, or to know that the trial is over. */
    @Test
    void aVersionWhoseTrialWasGivenUpForALaterOneStaysUntilThatOneIsDecided() throws IOException {
        publish(0);
        publish(1);
        planner = planner();
        take(planner.assigned(2));
        promotions.forEach(planner::on);
        requests.clear();
        publish(0);
        publish(1);
        publish(2);
        take(planner.caughtUp());
        take(planner.on(run));
        assertThat(requests)
                .isNotEmpty()
                .noneMatch(request -> request.policy().uri().contains("v00001"));
        assertThat(RunDirectory.of(run).promotions().version(1)).exists();
        assertThat(RunDirectory.of(run).promotions().version(2)).exists();

        judge((id, text) -> correct(id, text));
        assertThat(promotions.get(promotions.size() - 1).version()).isEqualTo(2);
        assertThat(RunDirectory.of(run).promotions().version(1)).doesNotExist();
    }

    @Test
    void aDamagedCopyOfThePromotedVersionIsWrittenAgainBeforeItIsTriedAgainst() throws IOException {
        publish(0);
        publish(1);
        judge((id, text) -> correct(id, text));
        Path copy = RunDirectory.of(run).promotions().version(1).resolve("model.safetensors");
        Files.writeString(copy, "version 1, and a flipped bit");
        publish(2);
        assertThat(copy).hasContent("version 1");
        judge((id, text) -> correct(id, text));
        assertThat(promotions.get(2).outcome()).isEqualTo(PromotionOutcome.PROMOTED);
    }

    @Test
    void aTrialWhoseJudgeIsAwayEndsUndecidedAndSaysOfHowManyResponses() throws IOException {
        publish(0);
        publish(1);
        judge((id, text) -> id.request().round() == 1 && Integer.parseInt(text) % 2 == 0
                ? Verdicts.undecided(id)
                : correct(id, text));
        assertThat(promotions.get(1).outcome()).isEqualTo(PromotionOutcome.UNDECIDED);
        assertThat(promotions.get(1).undecided()).isEqualTo(QUESTIONS);
        assertThat(promotions.get(1).reason()).endsWith("no judge decided 200 of the responses");
    }

    private void trainingGoesBack() {
        run = RunBuilder.aRun("run", directory)
                .promoting(QUESTIONS, STEP)
                .goingBackAfter(2)
                .active();
        take(planner.on(run));
    }

    private void publish(int version) throws IOException {
        publish(version, "version " + version);
    }

    private void publish(int version, String weights) throws IOException {
        PolicyVersion named = RunBuilder.version(run, version, Map.of());
        Path files = RunDirectory.of(run).policy().version(version);
        if (version > 0) {
            Files.createDirectories(files);
            Files.writeString(files.resolve("model.safetensors"), weights);
        }
        ModelReference model = version == 0
                ? named.model()
                : new ModelReference(files.toUri().toString(), DigestUtils.sha256Hex("version " + version));
        take(planner.on(new PolicyVersion(
                named.run(),
                version,
                model,
                named.stage(),
                named.roundOfStage(),
                named.last(),
                named.statistics(),
                named.rows(),
                1,
                1)));
    }

    private interface Judgement extends BiFunction<TrajectoryId, String, JudgedTrajectory> {}

    /** Judges all that was asked, and what is asked thereupon. */
    private void judge(Judgement judgement) {
        judgeAll(List.copyOf(requests), judgement);
    }

    private void judgeAll(List<RolloutRequest> first, Judgement judgement) {
        Deque<RolloutRequest> open = new ArrayDeque<>(first);
        int seen = requests.size();
        while (!open.isEmpty()) {
            RolloutRequest request = open.remove();
            for (int sample = 0; sample < request.samples(); sample++) {
                judge(request, sample, judgement);
            }
            open.addAll(requests.subList(seen, requests.size()));
            seen = requests.size();
        }
    }

    private void judge(RolloutRequest request, int sample, Judgement judgement) {
        String text = request.questionText().substring("question ".length());
        take(planner.on(judgement.apply(request.id().sample(sample), text)));
    }

    private void take(List<Outgoing<?>> outgoing) {
        for (Outgoing<?> of : outgoing) {
            for (Object message : of.messages()) {
                if (of.topic() == (Object) Topics.PROMOTIONS) {
                    promotions.add((Promotion) message);
                    planner.on((Promotion) message);
                } else if (message instanceof RolloutRequest request) {
                    requests.add(request);
                } else if (message instanceof Answer answer) {
                    answers.add(answer);
                }
            }
        }
    }
}
