package dev.tempo.rollout.serving;

import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.serving.ApiKey;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.http.ApiKeys;
import dev.tempo.serving.learning.LearningSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The settings of the endpoint that rollout-service offers beside its work. Rows and memory are kept for it alone.
 *
 * @param port to listen on; without it nothing is served. 0 for any that is free
 * @param address to listen on; anything but loopback needs keys
 * @param apiKeys that let a caller in, with blanks or commas between them
 * @param apiKeysFile the same, one a line
 * @param run whose versions are served; without it that of which a version was announced last
 * @param name that requests give as model; without it the recipe's
 * @param rows answers of a version that are written side by side
 * @param cache memory for the keys and values of each version; without it as much as for rollouts
 * @param versions in memory at once
 * @param mostTokens of an answer
 * @param open answers at once, those that wait for a row included
 * @param requestsPerMinute of a key, or of an address where there are no keys; 0 for any number
 * @param body most bytes of a request
 * @param learn the operator's word that runs may learn from chats; without it none does
 */
@Validated
@ConfigurationProperties("tempo.rollout.serving")
public record RolloutServingProperties(
        @Nullable Integer port,
        @DefaultValue(ServingSettings.LOOPBACK) String address,
        @Nullable String apiKeys,
        @Nullable Path apiKeysFile,
        @Nullable String run,
        @Nullable String name,
        @Min(1) @DefaultValue("" + ServingSettings.ROWS) int rows,
        @Nullable DataSize cache,
        @Min(1) @DefaultValue("" + ServingSettings.VERSIONS) int versions,

        @Min(1) @DefaultValue("" + ServingSettings.MOST_TOKENS)
        int mostTokens,

        @Min(1) @DefaultValue("" + ServingSettings.OPEN) int open,

        @Min(0) @DefaultValue("" + ServingSettings.REQUESTS_PER_MINUTE)
        int requestsPerMinute,

        @DefaultValue("4MB") DataSize body,
        @Nullable @Valid Learn learn) {

    /**
     * From which chats runs may learn.
     *
     * @param share of the chats about which neither asker nor key says anything, from 0 to 1
     * @param questions policy-service's address that takes questions
     * @param key of ours there, where it asks for one
     * @param domain of the questions; null for the default one
     */
    public record Learn(
            @NotNull Double share,

            @NotNull @DefaultValue("http://127.0.0.1:8083/v1/questions")
            URI questions,

            @Nullable String key,
            @Nullable String domain) {}

    /** The same for the endpoint. */
    public ServingSettings settings(ComputeDevice device) {
        List<ApiKey> keys = apiKeysFile == null ? ApiKeys.split(apiKeys) : ApiKeys.read(apiKeysFile);
        long bytes = cache == null ? GenerationLimits.cacheBytes(device) : cache.toBytes();
        return new ServingSettings(
                address,
                port == null ? 0 : port,
                keys,
                new GenerationLimits(bytes, rows),
                device.inferenceType(),
                versions,
                mostTokens,
                open,
                requestsPerMinute,
                Math.toIntExact(body.toBytes()),
                learn == null
                        ? null
                        : new LearningSettings(learn.share(), learn.questions(), learn.key(), learn.domain()));
    }
}
