package dev.tempo.eval;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Infrastructure of eval-service; what is measured when is the recipe's business.
 *
 * @param patience without any news of a run before what is missing is asked for again
 * @param stalledAfter without any news of a run, health calls it stalled and names what is missing
 */
@Validated
@ConfigurationProperties("tempo.eval")
public record EvalProperties(
        @NotNull @DefaultValue("60s") Duration patience,
        @NotNull @DefaultValue("5m") Duration stalledAfter) {}
