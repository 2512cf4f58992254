package dev.tempo.policy.arrival;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.algorithm.rounds.WeightedDraw;
import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.comparison.KnownQuestions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The questions that a run may draw where questions arrive. What it draws is a function of the recipe, of what its state was when the last
 * version was made, and of what has arrived; what it has drawn stays. It has no clock, no files and no texts. One thread owns it.
 */
final class QuestionLedger {
    private final Recipe recipe;
    private final ArrivalSettings settings;
    private final KnownQuestions known;
    private final Map<String, QuestionGroup> groups = new LinkedHashMap<>();
    private final Map<String, QuestionGroup> groupOfId = new HashMap<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final Map<String, Integer> takenBySource = new TreeMap<>();
    private String log = "";
    private long before;
    private long deletionsBefore;
    private int taken;
    private @Nullable DrawnQuestions drawn;

    private QuestionLedger(Recipe recipe, ArrivalSettings settings, KnownQuestions known) {
        this.recipe = recipe;
        this.settings = settings;
        this.known = known;
    }

    /**
     * The ledger of a run that begins.
     *
     * @param file the questions of the data file
     * @param known questions that are kept out
     */
    static QuestionLedger begin(Recipe recipe, ArrivalSettings settings, List<Question> file, KnownQuestions known) {
        QuestionLedger ledger = new QuestionLedger(recipe, settings, known);
        for (Question question : file) {
            ledger.join(KnownQuestions.hash(question.text()), true, question.id(), question.contentHash(), 1);
        }
        return ledger;
    }

    /** The ledger as it was kept. */
    static QuestionLedger restore(Recipe recipe, ArrivalSettings settings, LedgerState state, KnownQuestions known) {
        QuestionLedger ledger = new QuestionLedger(recipe, settings, known);
        ledger.log = state.log();
        ledger.before = state.before();
        ledger.deletionsBefore = state.deletionsBefore();
        ledger.taken = state.taken();
        ledger.takenBySource.putAll(state.takenBySource());
        ledger.drawn = state.drawn();
        ledger.leftOut.putAll(state.leftOut());
        for (LedgerState.Group kept : state.groups()) {
            QuestionGroup group = QuestionGroup.of(kept);
            ledger.groups.put(kept.hash(), group);
            group.ids().forEach(id -> ledger.groupOfId.put(id, group));
        }
        return ledger;
    }

    LedgerState state(int version) {
        return new LedgerState(
                version,
                log,
                before,
                deletionsBefore,
                taken,
                Map.copyOf(takenBySource),
                drawn,
                groups.values().stream().map(QuestionGroup::kept).toList(),
                Map.copyOf(leftOut));
    }

    /** What the round draws; null before it is drawn. */
    @Nullable
    DrawnQuestions drawn() {
        return drawn;
    }

    /** How many were left out so far, by reason. */
    Map<String, Integer> leftOut() {
        return leftOut;
    }

    /**
     * Takes in what has arrived: of the questions that it has already, that they are gone or ask something else; and new ones as far as the
     * recipe takes any before the next draw.
     */
    void takeIn(ArrivedLog arrived) {
        if (!arrived.log().equals(log)) {
            if (!log.isEmpty()) {
                forgetArrived();
            }
            log = arrived.log();
            before = 0;
            deletionsBefore = 0;
        }
        arrivedIds().forEach(id -> lookAgain(id, arrived));
        deletionsBefore = arrived.end();
        for (Arrival arrival : arrived.from(before)) {
            if (!take(arrival)) {
                before = arrival.offset();
                return;
            }
        }
        before = arrived.end();
    }

    private List<String> arrivedIds() {
        return groupOfId.keySet().stream()
                .filter(id -> id.startsWith(DrawnQuestions.ARRIVED))
                .toList();
    }

    /** A question that was taken in is gone, asks the same in other words, or asks something else and has to be taken in anew. */
    private void lookAgain(String id, ArrivedLog arrived) {
        Arrival.@Nullable Asked present = arrived.find(id).map(Arrival::asked).orElse(null);
        QuestionGroup group = groupOfId.get(id);
        if (present == null
                || group == null
                || !group.hash().equals(present.hash())
                || recipe.judgesOf(present.domain()).isEmpty()) {
            remove(id);
        } else {
            group.reworded(id, present.content());
        }
    }

    /** The broker has another log: what it does not hold is gone, and what it holds comes again. */
    private void forgetArrived() {
        arrivedIds().forEach(this::remove);
    }

    /** False where the question has to wait until after the next draw. */
    private boolean take(Arrival arrival) {
        Arrival.Asked asked = arrival.asked();
        if (asked == null) {
            return true;
        }
        String id = arrival.id();
        String hash = asked.hash();
        String reason = reason(id, asked);
        if (reason != null) {
            leftOut.merge(reason, 1, Integer::sum);
            return true;
        }
        if (groups.containsKey(hash)) {
            join(hash, false, id, asked.content(), arrival.times());
            return true;
        }
        String source = asked.source();
        boolean another = source != null && !takenBySource.containsKey(source);
        if (taken >= settings.perRound() || (another && takenBySource.size() >= settings.perRound()) || !makeRoom()) {
            return false;
        }
        taken++;
        if (source != null) {
            takenBySource.merge(source, 1, Integer::sum);
        }
        join(hash, false, id, asked.content(), arrival.times()).taken(source);
        return true;
    }

    /** Why a question is left out, in words of which none is a sender's: what is counted must not grow with what is sent. */
    private @Nullable String reason(String id, Arrival.Asked asked) {
        String hash = asked.hash();
        if (known.reason(hash).isPresent()) {
            return known.reason(hash).get();
        }
        if (recipe.judgesOf(asked.domain()).isEmpty()) {
            return "no chain of judges serves its domain";
        }
        QuestionGroup same = groups.get(hash);
        if (same != null) {
            return same.hasRoomFor(id) ? null : "the same question under more than " + QuestionGroup.MOST_IDS + " ids";
        }
        Integer most = settings.perSource();
        boolean flood = most != null && asked.source() != null && takenBySource.getOrDefault(asked.source(), 0) >= most;
        return flood ? "more than " + most + " of one source before a round" : null;
    }

    /** Whether there is room for one more, if need be since the oldest one that was drawn has gone. */
    private boolean makeRoom() {
        long arrived =
                groups.values().stream().filter(group -> !group.fromFile()).count();
        if (arrived < settings.most()) {
            return true;
        }
        for (QuestionGroup group : groups.values()) {
            if (!group.fromFile() && group.isDrawn()) {
                group.ids().forEach(this::remove);
                return true;
            }
        }
        return false;
    }

    private QuestionGroup join(String hash, boolean fromFile, String id, String content, int times) {
        QuestionGroup group = groups.computeIfAbsent(hash, first -> new QuestionGroup(hash, fromFile));
        group.came(id, content, times);
        groupOfId.put(id, group);
        return group;
    }

    private void remove(String id) {
        QuestionGroup group = groupOfId.remove(id);
        if (group != null && group.leaves(id)) {
            groups.remove(group.hash());
            String source = group.takenFrom();
            if (source != null) {
                // its place before the next draw is another's
                taken--;
                takenBySource.computeIfPresent(source, (any, count) -> count > 1 ? count - 1 : null);
            }
        }
    }

    /** Whether the round's questions are drawn now, since enough are there and were not drawn yet. */
    boolean draw(Stage stage, int roundOfStage) {
        if (drawn != null || missing(stage) > 0) {
            return false;
        }
        Map<String, Double> weights = new TreeMap<>();
        groups.values().forEach(group -> weights.put(group.hash(), group.weight(settings)));
        long key = CounterRandom.key(recipe.seed(), "arrived-draw", stage.name(), roundOfStage);
        List<String> questions = new ArrayList<>();
        List<String> contents = new ArrayList<>();
        for (String hash : WeightedDraw.draw(key, weights, stage.questions())) {
            QuestionGroup group = groups.get(hash);
            if (group != null) {
                LedgerState.Member asked = group.draw();
                questions.add(asked.id());
                contents.add(asked.content());
            }
        }
        drawn = new DrawnQuestions(log.isEmpty() ? "none" : log, before, deletionsBefore, questions, contents);
        taken = 0;
        takenBySource.clear();
        groups.values().forEach(QuestionGroup::countsNoMore);
        return true;
    }

    /** How many new questions the round waits for; 0 when it can be drawn. */
    int missing(Stage stage) {
        int unseen =
                (int) groups.values().stream().filter(group -> !group.isDrawn()).count();
        return Math.max(0, Math.max(stage.questions() - groups.size(), settings.fresh() - unseen));
    }

    /**
     * The round is over and another one begins.
     *
     * @param rewards the mean reward of each question that was drawn, of those that had any
     */
    void learned(Map<String, Double> rewards) {
        rewards.forEach((id, reward) -> {
            QuestionGroup group = groupOfId.get(id);
            if (group != null) {
                group.rewarded(reward);
            }
        });
        drawn = null;
    }
}
