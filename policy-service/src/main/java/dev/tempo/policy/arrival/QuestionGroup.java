package dev.tempo.policy.arrival;

import dev.tempo.contract.recipe.ArrivalSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The questions that are the same, under all their ids. One thread owns it. */
final class QuestionGroup {
    private final String hash;
    private final boolean fromFile;
    private final Map<String, Integer> timesById = new LinkedHashMap<>();
    private int draws;
    private @Nullable Double reward;

    QuestionGroup(String hash, boolean fromFile) {
        this.hash = hash;
        this.fromFile = fromFile;
    }

    static QuestionGroup of(LedgerState.Group kept) {
        QuestionGroup group = new QuestionGroup(kept.hash(), kept.fromFile());
        kept.members().forEach(member -> group.timesById.put(member.id(), member.times()));
        group.draws = kept.draws();
        group.reward = kept.reward();
        return group;
    }

    LedgerState.Group kept() {
        List<LedgerState.Member> members = timesById.entrySet().stream()
                .map(member -> new LedgerState.Member(member.getKey(), member.getValue()))
                .toList();
        return new LedgerState.Group(hash, fromFile, draws, reward, members);
    }

    String hash() {
        return hash;
    }

    boolean fromFile() {
        return fromFile;
    }

    /** It came under an id, for the n-th time at least. */
    void came(String id, int times) {
        timesById.merge(id, times, (before, now) -> Math.max(before + 1, now));
    }

    /** Whether an id was the last under which it is known. */
    boolean leaves(String id) {
        timesById.remove(id);
        return timesById.isEmpty();
    }

    Iterable<String> ids() {
        return timesById.keySet();
    }

    boolean isDrawn() {
        return draws > 0;
    }

    /** The id under which it is asked: the first. */
    String draw() {
        draws++;
        return timesById.keySet().iterator().next();
    }

    void rewarded(double mean) {
        reward = mean;
    }

    /** Its weight in a draw, as {@link ArrivalSettings} says. */
    double weight(ArrivalSettings settings) {
        int arrivals = timesById.values().stream().mapToInt(Integer::intValue).sum();
        Double known = reward;
        double hardness = known == null ? 0 : 1 - Math.min(1, Math.max(0, known));
        return 1
                + (isDrawn() ? settings.hard() * hardness : settings.unseen())
                + settings.frequent() * (1 - 1.0 / arrivals);
    }
}
