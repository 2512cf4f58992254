package dev.tempo.judging;

import dev.tempo.judging.model.ModelSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The configuration of judge-service; which judges decide is said by the recipe.
 *
 * @param unknownRunPatience how long records of a run that is unknown or paused wait for it to become active
 * @param stalledAfter waiting that long for the same thing, health calls it stalled and names it
 * @param directory of jars with further judges, for runs that bring none of their own
 * @param endpoints HTTP endpoints that judge, by the name that recipes call them
 * @param askAgainAfter how long an unavailable judge is left alone before the same trajectory asks it again
 * @param models judge models by the name that recipes use
 */
@Validated
@ConfigurationProperties("tempo.judge")
public record JudgeProperties(
        @NotNull @DefaultValue("10s") Duration unknownRunPatience,
        @NotNull @DefaultValue("5m") Duration stalledAfter,
        @NotNull @DefaultValue("judges") Path directory,
        @DefaultValue Map<String, @Valid Endpoint> endpoints,
        @NotNull @DefaultValue("2s") Duration askAgainAfter,
        @NotNull @DefaultValue Map<String, ModelSettings> models) {
    private static final int FEWEST_WORKERS = 4;

    public JudgeProperties {
        endpoints = Map.copyOf(endpoints);
        models = Map.copyOf(models);
        for (String name : models.keySet()) {
            if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
                throw new IllegalArgumentException(
                        "tempo.judge.models: the name of a judge consists of lower-case letters,"
                                + " digits and dashes but is '" + name + "'");
            }
        }
    }

    /** Verdicts worked on at the same time: as many as the judge models take together. */
    public int workers() {
        return Math.max(
                FEWEST_WORKERS,
                models.values().stream().mapToInt(ModelSettings::concurrency).sum());
    }

    /**
     * What bears on the verdicts of judges that are configured here, by the name that recipes use; of others nothing. No key is in it, only
     * where it is found.
     */
    SortedMap<String, String> bearing(Collection<String> judges) {
        SortedMap<String, String> bearing = new TreeMap<>();
        for (String judge : judges) {
            Endpoint endpoint = endpoints.get(judge);
            ModelSettings model = models.get(judge);
            if (endpoint != null) {
                bearing.put(judge, endpoint.url() + " " + endpoint.version());
            } else if (model != null) {
                bearing.put(
                        judge,
                        model.baseUrl() + " " + model.model() + " " + model.maxTokens() + " "
                                + model.maxAnswerCharacters() + " " + model.structuredReplies());
            }
        }
        return bearing;
    }

    /**
     * An HTTP endpoint that judges.
     *
     * @param url address that answers POSTs, see docs/judges.md
     * @param timeout from sending a request to the last byte of its reply
     * @param version version that stands in the verdicts; to be changed when the endpoint's verdicts may change
     */
    public record Endpoint(
            @NotNull URI url,
            @NotNull @DefaultValue("30s") Duration timeout,
            @NotBlank @DefaultValue("1") String version) {}
}
