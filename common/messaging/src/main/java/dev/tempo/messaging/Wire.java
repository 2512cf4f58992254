package dev.tempo.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tempo.plugin.Verdict;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The format of messages in Kafka: JSON, unknown fields ignored, nulls left out, maps in order of their keys, so that equal messages
 * are the same bytes. Thread-safe.
 */
public final class Wire {
    /** Names that were read are kept for the next record, thousands of them: what nobody calls anything is not to fill memory. */
    private static final int LONGEST_NAME = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNameLength(LONGEST_NAME)
                            .build())
                    .build())
            .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .addMixIn(Verdict.class, WithoutTime.class)
            .build();

    /** What a judge measured is no part of its word: whoever judges again writes the same bytes. */
    private interface WithoutTime {
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
        @Nullable
        Double latencyMillis();
    }

    private Wire() {}

    public static byte[] write(Object message) {
        return MAPPER.writeValueAsBytes(message);
    }

    /**
     * The message that bytes hold, complete.
     *
     * @throws JacksonException when the bytes are no such message; it names line, column and field
     * @throws IllegalArgumentException when a field is missing that is not nullable
     */
    public static <T> T read(Class<T> type, byte[] json) {
        return CompletenessCheck.check(MAPPER.readValue(json, type));
    }
}
