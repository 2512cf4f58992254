package dev.tempo.standalone.serve;

import dev.tempo.contract.UserException;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.serving.ApiKey;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.http.ApiKeys;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who may ask, and how much. */
public final class ServeOptions {
    /** The environment variable with keys. */
    static final String KEYS = "TEMPO_API_KEYS";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8000",
            description = "Where it listens (default: ${DEFAULT-VALUE}); 0 for any port that is free.")
    private int port;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            defaultValue = ServingSettings.LOOPBACK,
            description = "The address that it listens on (default: ${DEFAULT-VALUE}); any other needs API keys.")
    private String address = ServingSettings.LOOPBACK;

    @Option(
            names = "--api-keys",
            paramLabel = "FILE",
            description = {
                "Keys that let a client in, one a line; or in the environment variable " + KEYS + ".",
                "Behind a key may stand learn=yes or learn=no: see --learn."
            })
    private @Nullable Path apiKeys;

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "" + ServingSettings.ROWS,
            description = "Answers of a version that are written side by side (default: ${DEFAULT-VALUE}).")
    private int rows;

    @Option(
            names = "--cache",
            paramLabel = "MB",
            description = "Memory for keys and values of each version (default: 512, or a quarter of a GPU's).")
    private @Nullable Integer cache;

    @Option(
            names = "--versions",
            paramLabel = "N",
            defaultValue = "" + ServingSettings.VERSIONS,
            description = "Versions in memory at once (default: ${DEFAULT-VALUE}, so that one answers while the next is"
                    + " loaded).")
    private int versions;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            defaultValue = "" + ServingSettings.MOST_TOKENS,
            description =
                    "Most tokens of an answer, and of one whose request says nothing (default: ${DEFAULT-VALUE}).")
    private int mostTokens;

    @Option(
            names = "--open",
            paramLabel = "N",
            defaultValue = "" + ServingSettings.OPEN,
            description =
                    "Answers at once, waiting ones included; who asks for more gets 429 (default: ${DEFAULT-VALUE}).")
    private int open;

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            defaultValue = "" + ServingSettings.REQUESTS_PER_MINUTE,
            description = "Of each key, or of each address without keys; 0 for any number (default: ${DEFAULT-VALUE}).")
    private int requestsPerMinute;

    @Option(
            names = "--max-body",
            paramLabel = "BYTES",
            defaultValue = "" + ServingSettings.BODY_BYTES,
            description = "Of a request; a larger one gets 413 (default: ${DEFAULT-VALUE}).")
    private int bodyBytes;

    ServingSettings settings(ComputeDevice device) {
        least("--rows", 1, rows);
        if (port < 0 || port > 65_535) {
            throw new UserException("--port must be from 0 to 65535 but is " + port);
        }
        if (cache != null) {
            least("--cache", 1, cache);
        }
        long cacheBytes = cache == null ? GenerationLimits.cacheBytes(device) : (long) cache << 20;
        List<ApiKey> keys = apiKeys == null ? ApiKeys.split(System.getenv(KEYS)) : ApiKeys.read(apiKeys);
        return new ServingSettings(
                address,
                port,
                keys,
                new GenerationLimits(cacheBytes, rows),
                device.inferenceType(),
                versions,
                mostTokens,
                open,
                requestsPerMinute,
                bodyBytes);
    }

    static void least(String option, int bound, int value) {
        if (value < bound) {
            throw new UserException(option + " must be at least " + bound + " but is " + value);
        }
    }
}
