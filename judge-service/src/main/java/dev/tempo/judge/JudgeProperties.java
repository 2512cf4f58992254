package dev.tempo.judge;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Infrastructure of judge-service; which judges decide is the recipe's business.
 *
 * @param unknownRunPatience how long records of a run that is unknown or paused wait for it to become active
 * @param stalledAfter waiting that long for the same thing, health is DOWN and names it
 * @param directory of jars with further judges, for runs that bring none of their own
 * @param endpoints HTTP endpoints that judge, by the name that recipes call them
 */
@Validated
@ConfigurationProperties("tempo.judge")
public record JudgeProperties(
        @NotNull @DefaultValue("10s") Duration unknownRunPatience,
        @NotNull @DefaultValue("2m") Duration stalledAfter,
        @NotNull @DefaultValue("judges") Path directory,
        @DefaultValue Map<String, @Valid Endpoint> endpoints) {

    public JudgeProperties {
        endpoints = Map.copyOf(endpoints);
    }

    /**
     * Somebody's HTTP endpoint.
     *
     * @param url answers POSTs, see docs/judges.md
     * @param timeout from sending a request to the last byte of its reply
     * @param version stands in the verdicts; change it when the endpoint's verdicts may change
     */
    public record Endpoint(
            @NotNull URI url,
            @NotNull @DefaultValue("30s") Duration timeout,
            @NotBlank @DefaultValue("1") String version) {}
}
