package dev.tempo.judge;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.plugin.Outcome;
import dev.tempo.runs.RunDirectory;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The answers that were voted on in earlier rounds of the runs whose votes look back. Thread-safe.
 *
 * <p>It is read from the service's own votes, so that it is the same in every instance, whatever is killed: the votes of a round
 * are acknowledged by the broker before the next round has any trajectory, hence everything is here once the topic has been read
 * to where it ended when one of that round came. What a broker has lost is read from beside the run ({@link KeptVotes}).
 */
public final class VoteHistory {
    private static final String LOOKING_BACK = VoteBallot.nameOf(RewardSource.GUARDED_VOTE);

    private final Map<String, Map<String, Map<Integer, Map<Integer, Optional<String>>>>> runs =
            new ConcurrentHashMap<>();
    private final Map<String, Map<Integer, Set<String>>> voted = new ConcurrentHashMap<>();
    private final Map<String, Integer> wholeBefore = new ConcurrentHashMap<>();
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

    /** Whether a verdict is a vote that later rounds look back at. */
    static boolean isAnswer(JudgedTrajectory judged) {
        return judged.verdict().judge().equals(LOOKING_BACK) && judged.verdict().outcome() != Outcome.UNDECIDED;
    }

    /** A vote was published; the first on a sample counts. */
    public void on(JudgedTrajectory judged) {
        RequestId request = judged.trajectory().id().request();
        boolean undecided = judged.verdict().outcome() == Outcome.UNDECIDED;
        if ((isAnswer(judged) || undecided) && !forgotten.contains(request.run())) {
            voted(request.run(), request.round(), request.question());
            if (!undecided) {
                int sample = judged.trajectory().id().sample();
                add(request, sample, Optional.ofNullable(judged.verdict().answer()));
            }
        }
    }

    private void voted(String run, int round, String question) {
        voted.computeIfAbsent(run, first -> new ConcurrentHashMap<>())
                .computeIfAbsent(round, first -> ConcurrentHashMap.newKeySet())
                .add(question);
    }

    private void add(RequestId request, int sample, Optional<String> answer) {
        runs.computeIfAbsent(request.run(), first -> new ConcurrentHashMap<>())
                .computeIfAbsent(request.question(), first -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(request.round(), first -> new ConcurrentSkipListMap<>())
                .putIfAbsent(sample, answer);
    }

    /**
     * The reason why votes of rounds before this one are missing, in words; null where all are there, from the log or from beside
     * the run. To be asked once what the log holds is read.
     */
    @Nullable
    String lack(Run run, int round) {
        if (wholeBefore.getOrDefault(run.run(), -1) >= round) {
            return null;
        }
        // of questions that another program judges there are no votes, so that nobody knows how many there should be
        boolean shared = run.recipe().judges().values().stream().anyMatch(chain -> chain.contains(Recipe.EXTERNAL));
        KeptVotes kept = new KeptVotes(run);
        if (shared || firstGap(run, round, false).isPresent()) {
            try {
                kept.tell((voteRound, vote) -> on(run.run(), voteRound, vote));
            } catch (UncheckedIOException unreadable) {
                return unreadable.getMessage() + " (" + unreadable.getCause() + ")";
            }
        }
        OptionalInt gap = firstGap(run, round, shared);
        if (gap.isPresent()) {
            return "the broker has lost votes of round " + gap.getAsInt() + ", which later rounds look back at, and "
                    + kept.file() + " does not hold all of them; put the file back from a copy, or compute the run"
                    + " anew by ./tempo run " + RunDirectory.of(run).recipe();
        }
        wholeBefore.put(run.run(), round);
        return null;
    }

    private void on(String run, int round, KeptVotes.KeptVote vote) {
        RequestId request = new RequestId(run, round, Purpose.UNLABELED, 0, vote.question());
        voted(run, round, vote.question());
        vote.answers().forEach((sample, answer) -> add(request, sample, Optional.of(answer)));
        vote.without().forEach(sample -> add(request, sample, Optional.empty()));
    }

    /** The first round that voted so and of which not every question is there; with {@code any} of which none is. */
    private OptionalInt firstGap(Run run, int before, boolean any) {
        Map<Integer, Set<String>> known = voted.getOrDefault(run.run(), Map.of());
        return IntStream.range(run.firstVersion(), before)
                .filter(round -> {
                    Stage stage = run.recipe().stageOf(round);
                    int expected = any ? 1 : stage.questions();
                    return stage.reward() == RewardSource.GUARDED_VOTE
                            && known.getOrDefault(round, Set.of()).size() < expected;
                })
                .findFirst();
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
        voted.remove(run);
        wholeBefore.remove(run);
        looks.remove(run);
    }
}
