package dev.tempo.policy.arrival;

import dev.tempo.contract.recipe.ArrivalSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The questions that are the same, under their ids. One thread owns it. */
final class QuestionGroup {
    /** Most ids of one question: more say nothing new, and deleting a question must not take as long as somebody likes. */
    static final int MOST_IDS = 16;

    private final String hash;
    private final boolean fromFile;
    private final Map<String, LedgerState.Member> members = new LinkedHashMap<>();
    private int draws;
    private @Nullable Double reward;
    private @Nullable String takenFrom;

    QuestionGroup(String hash, boolean fromFile) {
        this.hash = hash;
        this.fromFile = fromFile;
    }

    static QuestionGroup of(LedgerState.Group kept) {
        QuestionGroup group = new QuestionGroup(kept.hash(), kept.fromFile());
        kept.members().forEach(member -> group.members.put(member.id(), member));
        group.draws = kept.draws();
        group.reward = kept.reward();
        group.takenFrom = kept.takenFrom();
        return group;
    }

    LedgerState.Group kept() {
        return new LedgerState.Group(hash, fromFile, draws, reward, takenFrom, List.copyOf(members.values()));
    }

    String hash() {
        return hash;
    }

    boolean fromFile() {
        return fromFile;
    }

    /** Whether it is known under that id, or may be. */
    boolean hasRoomFor(String id) {
        return members.containsKey(id) || members.size() < MOST_IDS;
    }

    /** It came under an id, for the n-th time at least. */
    void came(String id, String content, int times) {
        LedgerState.Member before = members.get(id);
        int least = before == null ? 1 : before.times() + 1;
        members.put(id, new LedgerState.Member(id, content, Math.max(least, times)));
    }

    /** It stands under an id in other words, which are the same question all the same. */
    void reworded(String id, String content) {
        members.computeIfPresent(id, (any, before) -> new LedgerState.Member(id, content, before.times()));
    }

    /** Whether an id was the last under which it is known. */
    boolean leaves(String id) {
        members.remove(id);
        return members.isEmpty();
    }

    List<String> ids() {
        return new ArrayList<>(members.keySet());
    }

    boolean isDrawn() {
        return draws > 0;
    }

    /** It was taken in and counts, for its source too, until something is drawn. */
    void taken(@Nullable String source) {
        takenFrom = source == null ? "" : source;
    }

    /** Something was drawn. */
    void countsNoMore() {
        takenFrom = null;
    }

    /** The source that it counts for, empty where it has none; null where it does not count. */
    @Nullable
    String takenFrom() {
        return takenFrom;
    }

    /** It is drawn, and asked as it stands under its first id. */
    LedgerState.Member draw() {
        draws++;
        return members.values().iterator().next();
    }

    void rewarded(double mean) {
        reward = mean;
    }

    /** Its weight in a draw, as {@link ArrivalSettings} says. */
    double weight(ArrivalSettings settings) {
        long arrivals =
                members.values().stream().mapToLong(LedgerState.Member::times).sum();
        Double known = reward;
        double hardness = known == null ? 0 : 1 - Math.min(1, Math.max(0, known));
        return 1
                + (isDrawn() ? settings.hard() * hardness : settings.unseen())
                + settings.frequent() * (1 - 1.0 / arrivals);
    }
}
