package dev.tempo.judging.model;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** The health of the judge models: DOWN while one of them is not trusted or not asked, with the state of each. */
final class ModelHealth implements HealthIndicator {
    private final List<ModelJudge> judges;

    ModelHealth(List<ModelJudge> judges) {
        this.judges = List.copyOf(judges);
    }

    @Override
    public Health health() {
        Health.Builder health = judges.stream().allMatch(ModelJudge::isTrusted) ? Health.up() : Health.down();
        judges.forEach(judge -> health.withDetail(judge.name(), judge.state()));
        return health.build();
    }
}
