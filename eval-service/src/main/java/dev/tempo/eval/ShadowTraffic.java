package dev.tempo.eval;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Promotion.ShadowComparison;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.runs.ShadowQuestion;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run's shadow traffic: of the served chats that may be learned from a share, whose questions the candidate and the promoted version
 * are asked once more. Both responses are valued by one critic version, and nobody learns from them. What is under way and what is compared
 * is bounded; beyond that questions are dropped, since a question less is worth less than anybody's waiting. One thread owns it.
 */
final class ShadowTraffic {
    /** Questions that are under way at once. */
    static final int MOST_OPEN = 32;
    /** Questions on which two versions are compared. */
    static final int MOST_PAIRS = 1_000;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Map<String, Instant> open = new LinkedHashMap<>();
    private final Map<ShadowOutcome, Integer> counts = new EnumMap<>(ShadowOutcome.class);
    private @Nullable Versions versions;
    private ShadowPairs values = new ShadowPairs(ShadowComparison.VALUE);
    private ShadowPairs verdicts = new ShadowPairs(ShadowComparison.VERDICT);

    /**
     * Two versions that are compared.
     *
     * @param candidate the newest that is due for promotion
     * @param candidateModel its files
     * @param promoted the one that is served
     * @param promotedModel its files
     */
    record Versions(int candidate, ModelReference candidateModel, int promoted, ModelReference promotedModel) {
        boolean areThoseOf(Versions other) {
            return candidate == other.candidate && promoted == other.promoted;
        }

        private ModelReference model(int version) {
            return version == candidate ? candidateModel : promotedModel;
        }
    }

    /**
     * The requests that follow from a question that has arrived; none where it is not to be asked.
     *
     * @param present the versions that are to be compared now
     * @param critic the version that is to value the responses
     */
    List<RolloutRequest> on(Run run, ArrivingQuestion question, Versions present, int critic, Instant now) {
        if (!isInShare(run.recipe(), question)) {
            return List.of();
        }
        compare(present);
        String id = question.id();
        if (open.containsKey(id) || values.has(id)) {
            return List.of(); // told twice
        }
        if (open.size() >= MOST_OPEN || values.size() + open.size() >= MOST_PAIRS) {
            note(ShadowOutcome.DROPPED);
            return List.of();
        }
        open.put(id, now);
        return Stream.of(present.candidate(), present.promoted())
                .map(version -> request(run, question, present, version, critic))
                .toList();
    }

    /** The same chat is always asked or never, whoever reads of it and however often. */
    private static boolean isInShare(Recipe recipe, ArrivingQuestion question) {
        PromotionSettings promotion = recipe.promotion();
        return promotion != null
                && recipe.shadows()
                && question.isOfChat()
                && !question.isDeletion()
                && CounterRandom.uniform(CounterRandom.key(recipe.seed(), "shadow", question.id()), 0)
                        < promotion.shadowShare();
    }

    private static RolloutRequest request(
            Run run, ArrivingQuestion question, Versions versions, int version, int critic) {
        String asked = new ShadowQuestion(version, question.id()).id();
        return new RolloutRequest(
                new RequestId(run.run(), critic, Purpose.EVALUATION, 0, asked),
                run.recipe().seed(),
                versions.model(version),
                Objects.requireNonNullElse(question.domain(), Recipe.DEFAULT_DOMAIN),
                Objects.requireNonNull(question.question()),
                1,
                run.recipe().generation());
    }

    /** Begins with other versions, where these are others; what two versions came to says nothing of the next two. */
    private void compare(Versions present) {
        Versions before = versions;
        if (before == null || !before.areThoseOf(present)) {
            lose();
            values = new ShadowPairs(ShadowComparison.VALUE);
            verdicts = new ShadowPairs(ShadowComparison.VERDICT);
        }
        versions = present;
    }

    /** A question was deleted: it is not compared, and where it was, no more. */
    void deleted(String id) {
        boolean known = open.remove(id) != null || values.has(id);
        values.drop(id);
        verdicts.drop(id);
        if (known) {
            note(ShadowOutcome.DELETED);
        }
    }

    /**
     * The critic has valued a response, or could not.
     *
     * @param value its last value; null where there is none
     */
    void valued(RequestId request, @Nullable Double value) {
        ShadowQuestion question = question(request);
        if (question == null || !open.containsKey(question.arrived())) {
            return;
        }
        if (value == null) {
            open.remove(question.arrived());
            forget(question.arrived());
            note(ShadowOutcome.FAILED);
        } else if (values.add(question.arrived(), isOfCandidate(question), value)) {
            open.remove(question.arrived());
            note(ShadowOutcome.COMPARED);
        }
    }

    /**
     * Somebody has judged a response who needs no answer to compare it with.
     *
     * @param reward null where nothing was decided
     */
    void judged(RequestId request, @Nullable Double reward) {
        ShadowQuestion question = question(request);
        boolean asked = question != null && (open.containsKey(question.arrived()) || values.has(question.arrived()));
        if (question != null && asked && reward != null && verdicts.size() < MOST_PAIRS) {
            verdicts.add(question.arrived(), isOfCandidate(question), reward);
        }
    }

    /** The question of a request, if it is asked of one of the two versions. */
    private @Nullable ShadowQuestion question(RequestId request) {
        Versions present = versions;
        return ShadowQuestion.of(request.question())
                .filter(question -> present != null
                        && (question.version() == present.candidate() || question.version() == present.promoted()))
                .orElse(null);
    }

    private boolean isOfCandidate(ShadowQuestion question) {
        return versions != null && question.version() == versions.candidate();
    }

    /** Gives up what has been under way for too long. */
    void expire(Instant now) {
        Iterator<Map.Entry<String, Instant>> oldest = open.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<String, Instant> asked = oldest.next();
            if (asked.getValue().plus(PATIENCE).isAfter(now)) {
                return;
            }
            oldest.remove();
            forget(asked.getKey());
            note(ShadowOutcome.LOST);
        }
    }

    /** Gives up all that is under way. */
    void lose() {
        open.keySet().forEach(id -> {
            forget(id);
            note(ShadowOutcome.LOST);
        });
        open.clear();
    }

    private void forget(String id) {
        values.forget(id);
        verdicts.forget(id);
    }

    private void note(ShadowOutcome outcome) {
        counts.merge(outcome, 1, Integer::sum);
    }

    /** How many questions have come to that. */
    int count(ShadowOutcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    int open() {
        return open.size();
    }

    /** What the two versions came to that are compared now; empty where nothing did. */
    List<ShadowComparison> comparisons(long seed) {
        return Stream.of(values, verdicts)
                .flatMap(pairs -> pairs.comparison(seed).stream())
                .toList();
    }

    /** What these two versions came to; empty where they are not compared. */
    List<ShadowComparison> comparisons(int candidate, int promoted, long seed) {
        Versions present = versions;
        return present != null && present.candidate() == candidate && present.promoted() == promoted
                ? comparisons(seed)
                : List.of();
    }
}
