package dev.tempo.eval;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.Answer;
import dev.tempo.contract.Awaited;
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
import dev.tempo.messaging.Outgoing;
import dev.tempo.messaging.Wire;
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
    private final TreeMap<Integer, Promotion> records = new TreeMap<>();
    private final TreeMap<Integer, PolicyVersion> versions = new TreeMap<>();
    private Map<String, @Nullable QuestionMeans> promotedMeans = new HashMap<>();
    private int promotedMeansOf = -1;
    private @Nullable List<LabeledQuestion> questions;
    private @Nullable PromotionTrial trial;
    private boolean keptRead;

    void on(PolicyVersion version) {
        versions.put(version.version(), version);
    }

    void on(Promotion promotion) {
        records.putIfAbsent(promotion.number(), promotion);
    }

    /** The end of trying here; what was asked is asked again by who goes on. */
    void abandon() {
        trial = null;
        questions = null;
        keptRead = false;
    }

    /** The promoted version's record; empty before the first. */
    Optional<Promotion> promoted() {
        return records.descendingMap().values().stream()
                .filter(record -> record.outcome() == PromotionOutcome.PROMOTED)
                .findFirst();
    }

    /** Whether nothing is left to try: of a run that ends, its last version too. */
    boolean isDone(Run run) {
        return run.recipe().promotion() == null
                || !run.recipe().trains()
                || (trial == null && !records.isEmpty() && next(run).isEmpty());
    }

    /** What is to be published for the first version, for a wish, and for the next trial. */
    List<Outgoing<?>> begin(Run run, Instant now) {
        List<Outgoing<?>> outgoing = new ArrayList<>();
        PromotionSettings settings = run.recipe().promotion();
        if (settings == null || !run.recipe().trains()) {
            return outgoing;
        }
        publish(outgoing, lost(run));
        PolicyVersion first = versions.get(run.firstVersion());
        if (records.isEmpty() && first != null) {
            publish(
                    outgoing,
                    List.of(kept(
                            run,
                            record(
                                    run,
                                    first.version(),
                                    PromotionOutcome.PROMOTED,
                                    null,
                                    first.model(),
                                    null,
                                    "the run begins with it"))));
        }
        wished(run).ifPresent(record -> publish(outgoing, List.of(kept(run, record))));
        Optional<PolicyVersion> next = next(run);
        Optional<Promotion> present = promoted();
        if (trial == null && next.isPresent() && present.isPresent()) {
            boolean begins = questions == null;
            List<LabeledQuestion> all = questions(run, settings);
            if (begins) {
                outgoing.add(new Outgoing<>(Topics.EVALUATION_ANSWERS, answers(run, all)));
            }
            Promotion against = present.get();
            if (promotedMeansOf != against.version()) {
                promotedMeans = new HashMap<>();
                promotedMeansOf = against.version();
            }
            trial = new PromotionTrial(
                    run, settings, all, next.get(), against.version(), against.model(), promotedMeans, now);
            outgoing.add(new Outgoing<>(Topics.EVALUATION_ROLLOUT_REQUESTS, trial.step(now)));
        }
        return outgoing;
    }

    /** The newest version that is due and later than all that were tried. */
    private Optional<PolicyVersion> next(Run run) {
        int tried = records.values().stream()
                .filter(record -> record.wish() == null)
                .mapToInt(Promotion::version)
                .max()
                .orElse(run.firstVersion());
        return versions.tailMap(tried, false).descendingMap().values().stream()
                .filter(version -> run.recipe().hasVersion(version.version())
                        && run.recipe().tries(version.version()))
                .findFirst();
    }

    private List<LabeledQuestion> questions(Run run, PromotionSettings settings) {
        List<LabeledQuestion> known = questions;
        if (known == null) {
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
        if (present == null || !present.add(judged, now)) {
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
        Promotion record =
                record(run, candidate.version(), outcome, present, candidate.model(), null, decision.reason());
        publish(outgoing, List.of(kept(run, with(record, decision, present.asked()))));
        promotedMeansOf = promoted().map(Promotion::version).orElse(-1);
        promotedMeans = new HashMap<>(present.means(promotedMeansOf));
        trial = null;
        outgoing.addAll(begin(run, now));
        return outgoing;
    }

    private static Promotion with(Promotion record, PromotionDecision decision, int asked) {
        return new Promotion(
                record.run(),
                record.number(),
                record.version(),
                record.outcome(),
                record.against(),
                record.model(),
                asked,
                decision.comparisons(),
                null,
                record.reason());
    }

    /** The record that answers the operator's wish, if it is not answered yet. */
    private Optional<Promotion> wished(Run run) {
        PromotionWish wish = run.promotion();
        if (wish == null
                || records.isEmpty()
                || records.values().stream().anyMatch(record -> wish.id().equals(record.wish()))) {
            return Optional.empty();
        }
        Optional<ModelReference> files = files(wish.version());
        if (files.isEmpty()) {
            return Optional.of(record(
                    run,
                    wish.version(),
                    PromotionOutcome.UNDECIDED,
                    null,
                    records.lastEntry().getValue().model(),
                    wish.id(),
                    "there is no version v" + wish.version()));
        }
        trial = null;
        return Optional.of(record(
                run, wish.version(), PromotionOutcome.PROMOTED, null, files.get(), wish.id(), "its operator wants it"));
    }

    /** A version's files, as they were promoted or as they were published. */
    private Optional<ModelReference> files(int version) {
        return records.descendingMap().values().stream()
                .filter(record -> record.version() == version && record.outcome() == PromotionOutcome.PROMOTED)
                .map(Promotion::model)
                .findFirst()
                .or(() -> Optional.ofNullable(versions.get(version)).map(PolicyVersion::model));
    }

    private Promotion record(
            Run run,
            int version,
            PromotionOutcome outcome,
            @Nullable PromotionTrial decided,
            ModelReference model,
            @Nullable String wish,
            String reason) {
        PromotionOutcome possible = outcome;
        ModelReference files = model;
        String words = reason;
        if (outcome == PromotionOutcome.PROMOTED) {
            try {
                files = PromotedFiles.kept(run, version, model);
            } catch (UncheckedIOException gone) {
                possible = PromotionOutcome.UNDECIDED;
                words = gone.getMessage() + ": " + gone.getCause();
            }
        }
        int number = records.isEmpty() ? 0 : records.lastKey() + 1;
        return new Promotion(
                run.run(),
                number,
                version,
                possible,
                decided == null ? null : (Integer) decided.promoted(),
                files,
                0,
                List.of(),
                wish,
                words);
    }

    /** Keeps a record beside the run, where this service sees its directory, before anybody hears of it. */
    private Promotion kept(Run run, Promotion promotion) {
        if (!records.containsKey(promotion.number()) && Files.isDirectory(Path.of(run.directory()))) {
            RunDirectory.of(run).promotions().add(promotion.number(), Wire.write(promotion));
        }
        records.putIfAbsent(promotion.number(), promotion);
        return promotion;
    }

    /** The records that were kept beside the run and that the broker has lost. They count from now on and are to be published again. */
    private List<Promotion> lost(Run run) {
        List<Promotion> lost = new ArrayList<>();
        if (!keptRead) {
            keptRead = true;
            RunDirectory.of(run).promotions().all().forEach((number, message) -> {
                if (!records.containsKey(number)) {
                    lost.add(Wire.read(Promotion.class, message));
                }
            });
            lost.forEach(this::on);
        }
        return lost;
    }

    private static void publish(List<Outgoing<?>> outgoing, List<Promotion> promotions) {
        if (!promotions.isEmpty()) {
            outgoing.add(new Outgoing<>(Topics.PROMOTIONS, promotions));
        }
    }

    List<RolloutRequest> late(Instant now, Duration patience) {
        PromotionTrial present = trial;
        return present == null ? List.of() : present.late(now, patience);
    }

    Optional<Awaited> awaited() {
        return Optional.ofNullable(trial).map(PromotionTrial::awaited);
    }
}
