package dev.tempo.critic;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Infrastructure of critic-service; experiment settings travel in the recipe.
 *
 * @param patience without any labeled trajectory arriving before what is missing is asked for again
 * @param grace after a restart before anything is asked for again that the former life may have asked for already
 * @param lookAhead warm-up batches asked for beyond the one that is trained next
 * @param batch trajectories valued together
 * @param versions critic versions kept in memory to value with, beside the one that is trained
 * @param stalledAfter without progress, health reports a round as stalled
 * @param unknownRunPatience how long the records of a run wait for the run itself to become known
 */
@Validated
@ConfigurationProperties("tempo.critic")
public record CriticProperties(
        @NotNull @DefaultValue("60s") Duration patience,
        @NotNull @DefaultValue("3s") Duration grace,
        @Min(0) @DefaultValue("2") int lookAhead,
        @Min(1) @DefaultValue("64") int batch,
        @Min(1) @DefaultValue("2") int versions,
        @NotNull @DefaultValue("5m") Duration stalledAfter,
        @NotNull @DefaultValue("10s") Duration unknownRunPatience) {}
