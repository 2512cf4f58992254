package dev.tempo.eval;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.Answer;
import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.Awaited;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.PromotionWish;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.BenchmarkQuestions;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.file.GivenFiles;
import dev.tempo.messaging.Outgoing;
import dev.tempo.runs.RunDirectory;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run's promotions: the version that it begins with is promoted as it is, every other one after a trial or by its operator's wish. Of
 * versions that are due while a trial goes on the newest is tried next. One thread owns it.
 */
final class RunPromotions {
    private final PromotionRecords records = new PromotionRecords();
    private final ShadowTraffic shadows = new ShadowTraffic();
    private final TreeMap<Integer, PolicyVersion> versions = new TreeMap<>();
    private Map<String, QuestionBounds> promotedMeans = new HashMap<>();
    private int promotedMeansOf = -1;
    private int critic = -1;
    private @Nullable List<LabeledQuestion> questions;
    private @Nullable PromotionTrial trial;

    void on(PolicyVersion version) {
        versions.put(version.version(), version);
    }

    void on(Promotion promotion) {
        records.on(promotion);
    }

    void on(CriticVersion version) {
        critic = Math.max(critic, version.version());
    }

    /** A question has arrived, or was deleted: the requests to be sent as shadow traffic. */
    List<RolloutRequest> on(Run run, ArrivingQuestion question, Instant now) {
        if (question.isDeletion()) {
            shadows.deleted(question.id());
            return List.of();
        }
        Promotion served = records.promoted().orElse(null);
        PolicyVersion candidate =
                served == null ? null : newestDue(run, served.version()).orElse(null);
        return served == null || candidate == null || critic < 0
                ? List.of()
                : shadows.on(
                        run,
                        question,
                        new ShadowTraffic.Versions(
                                candidate.version(), candidate.model(), served.version(), served.model()),
                        critic,
                        now);
    }

    /** The run's shadow traffic. */
    ShadowTraffic shadows() {
        return shadows;
    }

    /** The end of trying here; what was asked is asked again by who goes on. */
    void abandon() {
        trial = null;
        questions = null;
        records.abandon();
        shadows.lose();
    }

    /** Whether nothing is left to try: of a run that ends, its last version too. */
    boolean isDone(Run run) {
        return !run.recipe().promotes()
                || (trial == null && !records.isEmpty() && next(run).isEmpty());
    }

    /**
     * What is to be published for the first version, for a wish, and for the next trial. Nothing is tried where the run's directory is not
     * seen: what became of a version has to be there before anybody hears of it.
     *
     * @param generation of the group in which this instance measures
     * @throws dev.tempo.contract.FencedException if another instance has taken the run's promotions over
     */
    List<Outgoing<?>> begin(Run run, int generation, Instant now) {
        List<Outgoing<?>> outgoing = new ArrayList<>();
        PromotionSettings settings = run.recipe().promotion();
        PolicyVersion first = versions.get(run.firstVersion());
        if (settings == null
                || !run.recipe().trains()
                || (records.isEmpty() && first == null)
                || !Files.isDirectory(Path.of(run.directory()))) {
            return outgoing;
        }
        List<Promotion> lost = records.takeOver(run, generation);
        if (!lost.isEmpty()) {
            outgoing.add(new Outgoing<>(Topics.PROMOTIONS, lost));
        }
        if (records.isEmpty() && first != null) {
            publish(
                    outgoing,
                    records.make(
                            run,
                            first.version(),
                            PromotionOutcome.PROMOTED,
                            null,
                            first.model(),
                            null,
                            null,
                            0,
                            "the run begins with it"));
        }
        wished(run, outgoing);
        beginTrial(run, settings, now, outgoing);
        return outgoing;
    }

    private static void publish(List<Outgoing<?>> outgoing, Promotion promotion) {
        outgoing.add(new Outgoing<>(Topics.PROMOTIONS, List.of(promotion)));
    }

    /** Begins the trial of the newest version that is due, of those whose files there are. */
    private void beginTrial(Run run, PromotionSettings settings, Instant now, List<Outgoing<?>> outgoing) {
        Optional<PolicyVersion> next = next(run);
        while (trial == null && next.isPresent()) {
            PolicyVersion candidate = next.get();
            Optional<Promotion> present = records.promotedBesides(candidate.version());
            if (present.isEmpty()) {
                break;
            }
            Promotion against = present.get();
            try {
                ModelReference tried = records.copy(run, candidate.version(), candidate.model());
                ModelReference served = records.copy(run, against.version(), against.model());
                trial = trial(run, settings, candidate, tried, against.version(), served, now, outgoing);
            } catch (UncheckedIOException gone) {
                if (run.recipe().goesBack()) {
                    // Training waits for this trial and goes by it: no accident to a file may decide it.
                    throw gone;
                }
                publish(
                        outgoing,
                        records.make(
                                run,
                                candidate.version(),
                                PromotionOutcome.UNDECIDED,
                                against.version(),
                                candidate.model(),
                                null,
                                null,
                                0,
                                PromotionRecords.words(gone)));
                next = next(run);
            }
        }
        if (!outgoing.isEmpty()) {
            records.keepWanted(run);
        }
    }

    private PromotionTrial trial(
            Run run,
            PromotionSettings settings,
            PolicyVersion candidate,
            ModelReference candidateModel,
            int promoted,
            ModelReference promotedModel,
            Instant now,
            List<Outgoing<?>> outgoing) {
        boolean begins = questions == null;
        List<LabeledQuestion> all = questions(run, settings);
        if (begins) {
            outgoing.add(new Outgoing<>(Topics.EVALUATION_ANSWERS, answers(run, all)));
        }
        if (promotedMeansOf != promoted) {
            promotedMeans = new HashMap<>();
            promotedMeansOf = promoted;
        }
        PromotionTrial begun = new PromotionTrial(
                run, settings, all, candidate, candidateModel, promoted, promotedModel, promotedMeans, now);
        outgoing.add(new Outgoing<>(Topics.EVALUATION_ROLLOUT_REQUESTS, begun.step(now)));
        return begun;
    }

    /**
     * The newest version that is due and later than all that were tried, and than the promoted one: what an operator has promoted is not tried
     * against itself, nor replaced by one before it. Where training waits for a version's trial it is tried all the same.
     */
    private Optional<PolicyVersion> next(Run run) {
        int tried = records.newestTried(run);
        int promoted = records.promoted().map(Promotion::version).orElse(tried);
        return newestDue(run, run.recipe().goesBack() ? tried : Math.max(tried, promoted));
    }

    private Optional<PolicyVersion> newestDue(Run run, int after) {
        return versions.tailMap(after, false).descendingMap().values().stream()
                .filter(version -> run.recipe().hasVersion(version.version())
                        && run.recipe().tries(version.version()))
                .findFirst();
    }

    private List<LabeledQuestion> questions(Run run, PromotionSettings settings) {
        List<LabeledQuestion> known = questions;
        if (known == null) {
            new GivenFiles(RunDirectory.of(run).given())
                    .refuseChanged(Path.of(settings.set().file()));
            List<LabeledQuestion> file = BenchmarkQuestions.read(Recipe.PROMOTION_SET, settings.set());
            int[] order =
                    CounterRandom.permutation(CounterRandom.key(run.recipe().seed(), "promotion-order"), file.size());
            known = new ArrayList<>();
            for (int position : order) {
                known.add(file.get(position));
            }
            questions = known;
        }
        return known;
    }

    private static List<Answer> answers(Run run, List<LabeledQuestion> all) {
        return all.stream()
                .map(row -> new Answer(
                        run.run(),
                        Purpose.EVALUATION,
                        row.question().id(),
                        row.question().text(),
                        row.answer(),
                        row.question().domain()))
                .toList();
    }

    /** A verdict on a promotion question: what is to be published, of a decided trial its outcome and the next one's beginning. */
    List<Outgoing<?>> on(Run run, JudgedTrajectory judged, Instant now) {
        PromotionTrial present = trial;
        PromotionSettings settings = run.recipe().promotion();
        if (present == null || settings == null || !present.add(judged, now)) {
            return List.of();
        }
        PromotionDecision decision = present.decision();
        if (decision == null) {
            return List.of();
        }
        PromotionOutcome outcome = decision.outcome();
        if (outcome == null) {
            return List.of(new Outgoing<>(Topics.EVALUATION_ROLLOUT_REQUESTS, present.step(now)));
        }
        List<Outgoing<?>> outgoing = new ArrayList<>();
        PolicyVersion candidate = present.candidate();
        long seed = run.recipe().seed();
        publish(
                outgoing,
                records.make(
                        run,
                        candidate.version(),
                        outcome,
                        present.promoted(),
                        candidate.model(),
                        null,
                        decision.beside(shadows.comparisons(candidate.version(), present.promoted(), seed)),
                        present.asked(),
                        decision.reason()));
        promotedMeansOf = records.promoted().map(Promotion::version).orElse(-1);
        promotedMeans = new HashMap<>(present.means(promotedMeansOf));
        trial = null;
        wished(run, outgoing);
        beginTrial(run, settings, now, outgoing);
        return outgoing;
    }

    /** Answers the operator's wish, if it is not answered yet. */
    private void wished(Run run, List<Outgoing<?>> outgoing) {
        PromotionWish wish = run.promotion();
        if (wish == null || records.isEmpty() || records.isAnswered(wish)) {
            return;
        }
        Optional<ModelReference> model = records.model(wish.version(), versions.get(wish.version()));
        Promotion answer = records.make(
                run,
                wish.version(),
                model.isPresent() ? PromotionOutcome.PROMOTED : PromotionOutcome.UNDECIDED,
                null,
                model.orElseGet(records::lastModel),
                wish.id(),
                null,
                0,
                model.isPresent() ? "its operator wants it" : "there is no version v" + wish.version());
        if (answer.outcome() == PromotionOutcome.PROMOTED) {
            trial = null;
        }
        publish(outgoing, answer);
    }

    List<RolloutRequest> late(Instant now, Duration patience) {
        PromotionTrial present = trial;
        shadows.expire(now);
        return present == null ? List.of() : present.late(now, patience);
    }

    Optional<Awaited> awaited() {
        return Optional.ofNullable(trial).map(PromotionTrial::awaited);
    }
}
