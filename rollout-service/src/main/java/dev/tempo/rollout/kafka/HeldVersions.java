package dev.tempo.rollout.kafka;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.messaging.LowWaterMarkHandler;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.succession.PublicationFence;
import dev.tempo.rollout.UnlabeledPlanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The versions that are not committed yet: the newest of every unfinished run stays uncommitted, so that whoever reads the
 * topic next, this instance after a restart or another one, begins with asking it.
 */
final class HeldVersions implements LowWaterMarkHandler<PolicyVersion> {
    private final UnlabeledPlanner planner;
    private final PublicationFence<PolicyVersion> versions;
    private final PlanPublisher plans;
    private final List<Received<PolicyVersion>> held = new ArrayList<>();

    HeldVersions(UnlabeledPlanner planner, PlanPublisher plans) {
        this.planner = planner;
        versions = new PublicationFence<>(planner::on);
        this.plans = plans;
    }

    @Override
    public Map<Integer, Long> on(List<Received<PolicyVersion>> received) {
        received.forEach(version -> versions.accept(version.message()));
        plans.publishDue();
        held.addAll(received);
        held.removeIf(version -> !planner.awaits(version.message()));
        Map<Integer, Long> lowest = new HashMap<>();
        held.forEach(version -> lowest.merge(version.partition(), version.offset(), Math::min));
        return lowest;
    }

    @Override
    public void revoked(Set<Integer> partitions) {
        held.clear();
        planner.release();
    }
}
