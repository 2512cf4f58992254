package dev.tempo.policy;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of policy-service that an operator may change; experiments are set in recipes.
 *
 * @param stalledAfter without any new row, health reports a round as stalled; longer than requesters take to give up on a
 *     late rollout
 * @param questionKeys a file with a name and a key in each line, by which other machines may send questions; null to take them
 *     from this machine alone
 * @param patience the former name of {@code stalledAfter}, refused
 */
@Validated
@ConfigurationProperties("tempo.policy")
public record PolicyProperties(
        @NotNull @DefaultValue("5m") Duration stalledAfter,
        @Nullable Path questionKeys,
        @Nullable Duration patience) {
    public PolicyProperties {
        if (patience != null) {
            throw new IllegalArgumentException("tempo.policy.patience is called tempo.policy.stalled-after now");
        }
        if (stalledAfter.isZero() || stalledAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "tempo.policy.stalled-after must be longer than 0 but is " + stalledAfter);
        }
    }
}
