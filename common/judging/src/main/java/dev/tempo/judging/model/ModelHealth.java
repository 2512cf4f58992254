package dev.tempo.judging.model;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN while a judge model is not trusted or not asked; says how each stands. */
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
