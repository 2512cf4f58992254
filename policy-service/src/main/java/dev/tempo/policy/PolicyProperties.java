package dev.tempo.policy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may change about this service; experiments are set in recipes.
 *
 * @param patience after which a round without any new row counts as stalled; longer than requesters take to give up on a
 *     late rollout
 */
@ConfigurationProperties("tempo.policy")
public record PolicyProperties(@DefaultValue("5m") Duration patience) {
    public PolicyProperties {
        if (patience.isZero() || patience.isNegative()) {
            throw new IllegalArgumentException("tempo.policy.patience must be longer than 0 but is " + patience);
        }
    }
}
