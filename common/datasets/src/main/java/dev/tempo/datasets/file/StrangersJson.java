package dev.tempo.datasets.file;

import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** The reader of JSON that strangers wrote: it refuses an object that has a field twice, and keeps nothing of what it read. */
public final class StrangersJson {
    /** Without a table of names: it would keep what strangers call things, and copy itself as it grows. */
    public static final JsonMapper READER = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private StrangersJson() {}
}
