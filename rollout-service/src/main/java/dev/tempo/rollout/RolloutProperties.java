package dev.tempo.rollout;

import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.inference.GenerationLimits;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of rollout-service that an operator may change; experiments are described by recipes alone.
 *
 * @param rows trajectories of a policy version that are generated at once
 * @param cache memory for a version's keys and values; a trajectory for which there is none now waits, one that needs more
 *     than all of it fails. Without it, half a GiB, or a quarter of a GPU's memory
 * @param requests most requests taken from the queue at once; training work waits for at most so many evaluations
 * @param policies versions kept in memory
 * @param threads of the tensor engine; another number may change the last bits of log-probabilities
 * @param patience how long a round may stand still before its missing questions are asked for again
 * @param stalledAfter without progress, health and metrics call a round stalled
 * @param environments directory of jars with further environments; may be missing
 */
@Validated
@ConfigurationProperties("tempo.rollout")
public record RolloutProperties(
        @Min(1) @DefaultValue("256") int rows,
        @Nullable DataSize cache,
        @Min(1) @DefaultValue("16") int requests,
        @Min(1) @DefaultValue("2") int policies,
        @Min(1) @DefaultValue("1") int threads,
        @DefaultValue("60s") Duration patience,
        @DefaultValue("5m") Duration stalledAfter,
        @DefaultValue("environments") Path environments) {

    GenerationLimits limits(ComputeDevice device) {
        return new GenerationLimits(cache == null ? GenerationLimits.cacheBytes(device) : cache.toBytes(), rows);
    }
}
