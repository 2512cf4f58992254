package dev.tempo.policy.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys by which others than this machine may send questions, each with the name of who has it. */
final class QuestionKeys {
    private static final int SHORTEST = 16;
    private static final String BEARER = "Bearer ";
    /** Without a dot, which stands between the name and the id of a question. */
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,39}";

    private final Map<String, byte[]> keys = new LinkedHashMap<>();

    /**
     * The keys of a file.
     *
     * @param file a name and a key in each line; null for no keys
     * @throws IllegalArgumentException naming the line
     */
    static QuestionKeys of(@Nullable Path file) {
        QuestionKeys read = new QuestionKeys();
        if (file == null) {
            return read;
        }
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                String[] parts = line.strip().split("\\s+");
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (parts.length != 2 || parts[1].length() < SHORTEST || !parts[0].matches(NAME)) {
                    throw new IllegalArgumentException(file + ", line " + number
                            + ": must be a name of up to 40 letters, digits, '_' and '-', and a key of at least "
                            + SHORTEST + " characters");
                }
                if (read.keys.put(parts[0], parts[1].getBytes(StandardCharsets.UTF_8)) != null) {
                    throw new IllegalArgumentException(
                            file + ", line " + number + ": the name " + parts[0] + " is there twice");
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("tempo.policy.question-keys: " + file + " cannot be read", unreadable);
        }
        return read;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /**
     * The id on the topic of a question that has an id of its own for its sender: nobody who has a key replaces or deletes another's.
     *
     * @param owner of the key; null where there are none
     */
    static String idOnTopic(@Nullable String owner, String ownId) {
        return owner == null ? ownId : owner + "." + ownId;
    }

    /** The id that a question has for its sender. */
    static String ownId(@Nullable String owner, String idOnTopic) {
        return owner == null ? idOnTopic : idOnTopic.substring(owner.length() + 1);
    }

    /** The name of who has the key of an {@code Authorization} header. Every key is compared, each in the same time. */
    Optional<String> owner(@Nullable String authorization) {
        byte[] given = authorization == null || !authorization.startsWith(BEARER)
                ? new byte[0]
                : authorization.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
        Optional<String> owner = Optional.empty();
        for (Map.Entry<String, byte[]> key : keys.entrySet()) {
            if (MessageDigest.isEqual(key.getValue(), given)) {
                owner = Optional.of(key.getKey());
            }
        }
        return owner;
    }
}
