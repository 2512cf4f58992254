package dev.tempo.judge;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Infrastructure of judge-service; which judges decide is the recipe's business.
 *
 * @param unknownRunPatience how long records of a run that is unknown or paused wait for it to become active
 * @param stalledAfter waiting that long for the same thing, health is DOWN and names it
 */
@Validated
@ConfigurationProperties("tempo.judge")
public record JudgeProperties(
        @NotNull @DefaultValue("10s") Duration unknownRunPatience,
        @NotNull @DefaultValue("2m") Duration stalledAfter) {}
