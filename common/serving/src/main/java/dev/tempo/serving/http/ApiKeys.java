package dev.tempo.serving.http;

import dev.tempo.contract.UserException;
import dev.tempo.serving.ApiKey;
import dev.tempo.serving.learning.Consent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that let callers in. Kept as hashes; how long a comparison takes says nothing of them. Thread-safe. */
public final class ApiKeys {
    private static final String SCHEME = "Bearer ";

    private final List<byte[]> hashes;
    private final List<Consent> learning;

    /** @throws UserException if one stands there twice: it would be two callers */
    ApiKeys(List<ApiKey> keys) {
        if (keys.stream().map(ApiKey::key).distinct().count() < keys.size()) {
            throw new UserException(
                    "an API key is listed twice; each is to be listed once, with one learn=yes or learn=no");
        }
        this.hashes = keys.stream().map(key -> hash(key.key())).toList();
        this.learning = keys.stream().map(ApiKey::learn).toList();
    }

    /**
     * Whoever has a key.
     *
     * @param name tells nothing of the key
     * @param learn what the operator says about learning from his chats
     */
    record Caller(String name, Consent learn) {}

    /**
     * The keys of a file, one a line, with {@code learn=yes} or {@code learn=no} behind it or nothing; what begins with # is a remark.
     *
     * @throws UserException if it cannot be read or holds none
     */
    public static List<ApiKey> read(Path file) {
        List<ApiKey> keys;
        try {
            keys = among(Files.readString(file).lines().toList());
        } catch (IOException unreadable) {
            throw new UserException("the API keys in " + file + " cannot be read: " + unreadable.getMessage());
        }
        if (keys.isEmpty()) {
            throw new UserException(file + " holds no API key; it takes one a line");
        }
        return keys;
    }

    /** The keys of a setting, with blanks or commas between them. */
    public static List<ApiKey> split(@Nullable String keys) {
        return keys == null ? List.of() : among(List.of(keys.split("[\\s,]+")));
    }

    private static List<ApiKey> among(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(ApiKey::read)
                .toList();
    }

    boolean areNeeded() {
        return !hashes.isEmpty();
    }

    /**
     * Who has the key; empty if it is none of these.
     *
     * @param authorization the header; null for none
     */
    Optional<Caller> caller(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        byte[] given = hash(authorization.substring(SCHEME.length()).strip());
        int found = 0;
        for (int key = 0; key < hashes.size(); key++) {
            // All are compared, whichever fits.
            found = MessageDigest.isEqual(hashes.get(key), given) ? key + 1 : found;
        }
        return found == 0 ? Optional.empty() : Optional.of(new Caller("key " + found, learning.get(found - 1)));
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
