package dev.tempo.judge.kafka;

import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.judge.VoteCounter;
import dev.tempo.judge.Voted;
import dev.tempo.messaging.LowWaterMarkHandler;
import dev.tempo.messaging.Received;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The listener that votes: unlabeled trajectories in, votes out, nothing committed past an incomplete question. */
final class VoteListener implements LowWaterMarkHandler<Trajectory> {
    private final VoteCounter voting;
    private final JudgedOutput output;

    VoteListener(VoteCounter voting, JudgedOutput output) {
        this.voting = voting;
        this.output = output;
    }

    @Override
    public Map<Integer, Long> on(List<Received<Trajectory>> received) {
        Voted voted = voting.vote(received);
        output.publish(Topics.JUDGED_UNLABELED_TRAJECTORIES, voted.judged());
        voting.published(voted);
        output.awaitUnlessNull(Topics.JUDGED_UNLABELED_TRAJECTORIES, voted.waitingFor(), voted.done());
        return voted.unfinished();
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        voting.revoked(partitions);
    }
}
