package dev.tempo.eval;

import dev.tempo.algorithm.rounds.BatchAssembler;
import dev.tempo.contract.Awaited;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trial of one version against the promoted one, some questions after others until it is decided. What the promoted version answered in
 * earlier trials is not asked again: a request with the same id would bring the same bits. One thread owns it.
 */
final class PromotionTrial {
    private final Run run;
    private final PromotionSettings settings;
    private final List<LabeledQuestion> questions;
    private final PolicyVersion candidate;
    private final int promoted;
    private final Map<Integer, ModelReference> models = new TreeMap<>();
    private final Map<Integer, Map<String, QuestionBounds>> means = new TreeMap<>();
    private final Map<Integer, BatchAssembler<JudgedSample>> open = new TreeMap<>();
    private final OwedSamples owed = new OwedSamples();
    private Instant lastNews;
    private int asked;

    /**
     * Makes a trial.
     *
     * @param questions of the promotion set in the order in which they are asked
     * @param candidateModel the copy of its files that stays while it is tried
     * @param promotedMeans what the promoted version's answers of earlier trials came to
     */
    PromotionTrial(
            Run run,
            PromotionSettings settings,
            List<LabeledQuestion> questions,
            PolicyVersion candidate,
            ModelReference candidateModel,
            int promoted,
            ModelReference promotedModel,
            Map<String, QuestionBounds> promotedMeans,
            Instant now) {
        this.run = run;
        this.settings = settings;
        this.questions = questions;
        this.candidate = candidate;
        this.promoted = promoted;
        models.put(candidate.version(), candidateModel);
        models.put(promoted, promotedModel);
        means.put(candidate.version(), new HashMap<>());
        means.put(promoted, new HashMap<>(promotedMeans));
        lastNews = now;
    }

    PolicyVersion candidate() {
        return candidate;
    }

    int promoted() {
        return promoted;
    }

    /** How many questions have been asked. */
    int asked() {
        return asked;
    }

    /** What a version's answers came to, by question. */
    Map<String, QuestionBounds> means(int version) {
        return means.getOrDefault(version, Map.of());
    }

    /** The requests for the next questions; none where there are no more. */
    List<RolloutRequest> step(Instant now) {
        List<RolloutRequest> requests = new ArrayList<>();
        int end = Math.min(questions.size(), asked + settings.step());
        List<LabeledQuestion> next = questions.subList(asked, end);
        asked = end;
        lastNews = now;
        means.forEach((version, known) -> {
            List<String> ids = next.stream()
                    .map(row -> row.question().id())
                    .filter(id -> !known.containsKey(id))
                    .toList();
            if (!ids.isEmpty()) {
                open.put(version, BatchAssembler.of(ids, settings.samples()));
                owed.open(run.run(), version, ids, settings.samples(), false, now);
                next.stream()
                        .filter(row -> ids.contains(row.question().id()))
                        .forEach(row -> requests.add(request(version, row.question())));
            }
        });
        return requests;
    }

    private RolloutRequest request(int version, Question question) {
        return new RolloutRequest(
                new RequestId(run.run(), version, Purpose.EVALUATION, 0, question.id()),
                run.recipe().seed(),
                Objects.requireNonNull(models.get(version)),
                question.domain(),
                question.text(),
                settings.samples(),
                run.recipe().generation());
    }

    /** Whether the record is news to this trial. */
    boolean add(JudgedTrajectory judged, Instant now) {
        TrajectoryId id = judged.trajectory().id();
        BatchAssembler<JudgedSample> batch = open.get(id.request().round());
        if (batch == null
                || batch.add(id.request().question(), id.sample(), JudgedSample.of(judged, null))
                        != BatchAssembler.Acceptance.NEW) {
            return false;
        }
        lastNews = now;
        owed.judged(id);
        if (batch.isClosed()) {
            close(id.request().round(), batch.batch());
        }
        return true;
    }

    /** The batch is sorted by question, then sample. */
    private void close(int version, List<JudgedSample> batch) {
        List<String> ids = new ArrayList<>();
        Map<String, QuestionBounds> known = Objects.requireNonNull(means.get(version));
        for (LabeledQuestion row : questions.subList(0, asked)) {
            if (!known.containsKey(row.question().id())) {
                ids.add(row.question().id());
            }
        }
        ids.sort(String::compareTo);
        for (int i = 0; i < ids.size(); i++) {
            List<JudgedSample> samples = batch.subList(i * settings.samples(), (i + 1) * settings.samples());
            known.put(ids.get(i), QuestionBounds.of(samples, settings.passAt(), run.recipe()));
        }
        open.remove(version);
    }

    /** The decision once all that was asked is answered; null before. */
    @Nullable
    PromotionDecision decision() {
        if (!open.isEmpty() || asked == 0) {
            return null;
        }
        List<PromotionDecision.Pair> pairs = new ArrayList<>();
        for (LabeledQuestion row : questions.subList(0, asked)) {
            QuestionBounds own = means(candidate.version()).get(row.question().id());
            QuestionBounds other = means(promoted).get(row.question().id());
            if (own != null && other != null) {
                pairs.add(new PromotionDecision.Pair(own, other));
            }
        }
        return PromotionDecision.of(pairs, settings, asked == questions.size());
    }

    /** The requests to repeat. */
    List<RolloutRequest> late(Instant now, Duration patience) {
        if (lastNews.plus(patience).isAfter(now)) {
            return List.of();
        }
        Map<String, Question> byId = new HashMap<>();
        questions.forEach(row -> byId.put(row.question().id(), row.question()));
        return owed.late(now, patience).stream()
                .map(late -> request(late.round(), Objects.requireNonNull(byId.get(late.question()))))
                .toList();
    }

    /** The answers that the trial waits for. */
    Awaited awaited() {
        int missing = open.values().stream().mapToInt(BatchAssembler::missing).sum();
        return new Awaited(
                run.run(),
                "the trial of version " + candidate.version() + " for promotion waits for " + missing + " verdicts",
                Topics.JUDGED_EVALUATION_TRAJECTORIES.writer(),
                lastNews,
                open.values().stream()
                        .flatMap(batch -> batch.firstMissing(Awaited.NAMED).stream())
                        .toList());
    }
}
