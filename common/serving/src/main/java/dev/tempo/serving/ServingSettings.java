package dev.tempo.serving;

import dev.tempo.contract.UserException;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.serving.learning.LearningSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an endpoint.
 *
 * @param address to listen on; anything but loopback needs keys
 * @param port to listen on; 0 for any that is free
 * @param keys that let a caller in, empty for no keys
 * @param limits of each version in memory: answers written side by side, and memory for their keys and values
 * @param type in which versions are loaded
 * @param versions in memory at once
 * @param mostTokens of an answer, and of one whose request does not say how many it may have
 * @param open answers at once, those that wait for a row included
 * @param requestsPerMinute of a key, or of an address where there are no keys; 0 for any number
 * @param bodyBytes of a request
 * @param learning the operator's word that runs may learn from chats; null where there is none
 */
public record ServingSettings(
        String address,
        int port,
        List<ApiKey> keys,
        GenerationLimits limits,
        WeightType type,
        int versions,
        int mostTokens,
        int open,
        int requestsPerMinute,
        int bodyBytes,
        @Nullable LearningSettings learning) {
    public static final String LOOPBACK = "127.0.0.1";
    public static final int ROWS = 64;
    public static final int MOST_TOKENS = 4096;
    public static final int OPEN = 256;
    public static final int REQUESTS_PER_MINUTE = 600;
    public static final int BODY_BYTES = 4 << 20;
    public static final int VERSIONS = 2;
    /** Most log-probabilities, those of alternatives included, that one request may ask for. */
    public static final long KEPT = 150_000;

    /** Connections beyond those that have an answer each. */
    private static final int IDLE_CONNECTIONS = 256;

    public ServingSettings {
        keys = List.copyOf(keys);
        atLeast("versions", 1, versions);
        atLeast("tokens of an answer", 1, mostTokens);
        atLeast("open answers", 1, open);
        atLeast("requests per minute", 0, requestsPerMinute);
        atLeast("bytes of a request", 1024, bodyBytes);
        if (keys.isEmpty() && !isLoopback(address)) {
            throw new UserException("on " + address + " anybody could ask: give API keys, or serve on " + LOOPBACK);
        }
    }

    /** The settings of an endpoint from whose chats nobody learns. */
    public ServingSettings(
            String address,
            int port,
            List<ApiKey> keys,
            GenerationLimits limits,
            WeightType type,
            int versions,
            int mostTokens,
            int open,
            int requestsPerMinute,
            int bodyBytes) {
        this(address, port, keys, limits, type, versions, mostTokens, open, requestsPerMinute, bodyBytes, null);
    }

    /** The settings of an endpoint on loopback, without keys. */
    public static ServingSettings onLoopback(int port, GenerationLimits limits, WeightType type) {
        return new ServingSettings(
                LOOPBACK, port, List.of(), limits, type, VERSIONS, MOST_TOKENS, OPEN, REQUESTS_PER_MINUTE, BODY_BYTES);
    }

    /** These settings for so many versions in memory at once. */
    public ServingSettings withVersions(int count) {
        return new ServingSettings(
                address, port, keys, limits, type, count, mostTokens, open, requestsPerMinute, bodyBytes, learning);
    }

    /** These settings with the operator's word about learning from chats. */
    public ServingSettings withLearning(@Nullable LearningSettings word) {
        return new ServingSettings(
                address, port, keys, limits, type, versions, mostTokens, open, requestsPerMinute, bodyBytes, word);
    }

    /** Connections at once. */
    public int connections() {
        return open + IDLE_CONNECTIONS;
    }

    private static void atLeast(String what, int least, int value) {
        if (value < least) {
            throw new UserException(what + " must be at least " + least + " but are " + value);
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new UserException("there is no address " + address + " to listen on");
        }
    }
}
