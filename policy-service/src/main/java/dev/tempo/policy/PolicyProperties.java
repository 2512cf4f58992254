package dev.tempo.policy;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * @param filters of questions that come by HTTP
 * @param patience the former name of {@code stalledAfter}, refused
 */
@Validated
@ConfigurationProperties("tempo.policy")
public record PolicyProperties(
        @NotNull @DefaultValue("5m") Duration stalledAfter,
        @Nullable Path questionKeys,
        @NotNull @Valid @DefaultValue Filters filters,
        @Nullable Duration patience) {
    /**
     * What is done to questions before they are stored.
     *
     * @param chain names of filters, in the order in which they see a question
     * @param directory of jars with filters
     * @param shortest fewest characters of a question, as it was sent and as filters have left it; null for one
     * @param longest most characters; null for as many as any question may have
     */
    public record Filters(
            @NotNull @DefaultValue List<String> chain,
            @NotNull @DefaultValue("filters") Path directory,
            @Nullable @Min(1) Integer shortest,
            @Nullable @Min(1) Integer longest) {
        public Filters {
            chain = List.copyOf(chain);
        }
    }

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
