package dev.tempo.judge.kafka;

import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.judge.Admission;
import dev.tempo.judge.VoteCounter;
import dev.tempo.judge.Voted;
import dev.tempo.messaging.LowWaterMarkHandler;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.letters.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The listener that votes: unlabeled trajectories in, votes out, nothing committed past an incomplete question. */
final class VoteListener implements LowWaterMarkHandler<Trajectory> {
    private final Admission admission;
    private final Refusals refusals;
    private final VoteCounter voting;
    private final JudgedOutput output;

    VoteListener(Admission admission, Refusals refusals, VoteCounter voting, JudgedOutput output) {
        this.admission = admission;
        this.refusals = refusals;
        this.voting = voting;
        this.output = output;
    }

    @Override
    public Map<Integer, Long> on(List<Received<Trajectory>> received) {
        List<Received<Trajectory>> admitted = new ArrayList<>();
        Map<Integer, String> refused = new TreeMap<>();
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place < received.size(); place++) {
            String refusal = admission.refusal(received.get(place).message());
            if (refusal == null) {
                admitted.add(received.get(place));
                places.add(place);
            } else {
                refused.put(place, refusal);
            }
        }
        Voted voted = voting.vote(admitted);
        output.awaitUnlessNull(Topics.JUDGED_UNLABELED_TRAJECTORIES, voting.keep(voted), 0);
        output.publish(Topics.JUDGED_UNLABELED_TRAJECTORIES, voted.judged());
        voting.published(voted);
        // what is behind one that waits comes again with it
        int done = voted.done() < admitted.size() ? places.get(voted.done()) : received.size();
        refused.forEach((place, refusal) -> {
            if (place < done) {
                refusals.refuse(
                        received.get(place).partition(), received.get(place).offset(), refusal);
            }
        });
        output.awaitUnlessNull(Topics.JUDGED_UNLABELED_TRAJECTORIES, voted.obstacle(), done);
        return voted.unfinished();
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        voting.revoked(partitions);
    }
}
