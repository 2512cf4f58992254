package dev.tempo.judge;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers that were voted on in earlier rounds of the runs whose votes look back. Thread-safe.
 *
 * <p>It is read from the service's own votes, so that it is the same in every instance, whatever is killed: the votes of a round
 * are acknowledged by the broker before the next round has any trajectory, hence everything is here once the topic has been read
 * to where it ended when one of that round came.
 */
public final class VoteHistory {
    private static final String LOOKING_BACK = VoteBallot.nameOf(RewardSource.GUARDED_VOTE);

    private final Map<String, Map<String, Map<Integer, Map<Integer, Optional<String>>>>> runs =
            new ConcurrentHashMap<>();
    private final Map<String, Look> looks = new ConcurrentHashMap<>();
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();
    private volatile Supplier<BooleanSupplier> reader = () -> () -> true;

    /** A question whether the votes are read to where they ended when a round's first trajectory came. */
    private record Look(int round, BooleanSupplier isRead) {}

    /**
     * Names the reader of the votes; without one they count as read.
     *
     * @param votes of which each supplied question says whether the reader has come to where the topic ended then
     */
    public void readBy(Supplier<BooleanSupplier> votes) {
        reader = votes;
    }

    /** A vote was published; the first on a sample counts. */
    public void on(JudgedTrajectory voted) {
        RequestId request = voted.trajectory().id().request();
        Verdict verdict = voted.verdict();
        if (verdict.judge().equals(LOOKING_BACK)
                && verdict.outcome() != Outcome.UNDECIDED
                && !forgotten.contains(request.run())) {
            runs.computeIfAbsent(request.run(), first -> new ConcurrentHashMap<>())
                    .computeIfAbsent(request.question(), first -> new ConcurrentSkipListMap<>())
                    .computeIfAbsent(request.round(), first -> new ConcurrentSkipListMap<>())
                    .putIfAbsent(voted.trajectory().id().sample(), Optional.ofNullable(verdict.answer()));
        }
    }

    /** Whether all votes of earlier rounds than that of a trajectory which is here have been read. */
    boolean isReadBefore(RequestId request) {
        Look look = looks.compute(
                request.run(),
                (run, before) -> before != null && before.round() >= request.round()
                        ? before
                        : new Look(request.round(), reader.get()));
        return look.isRead().getAsBoolean();
    }

    /** The answers to a question in its earlier rounds, oldest first, each in sample order. */
    List<List<@Nullable String>> before(RequestId request) {
        List<List<@Nullable String>> rounds = new ArrayList<>();
        Map<Integer, Map<Integer, Optional<String>>> known =
                runs.getOrDefault(request.run(), Map.of()).getOrDefault(request.question(), Map.of());
        new TreeMap<>(known).headMap(request.round()).values().forEach(samples -> {
            List<@Nullable String> answers = new ArrayList<>();
            samples.values().forEach(answer -> answers.add(answer.orElse(null)));
            rounds.add(answers);
        });
        return rounds;
    }

    public void forget(String run) {
        forgotten.add(run);
        runs.remove(run);
        looks.remove(run);
    }
}
