package dev.tempo.serving.openai;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The reading of a request. Refuses what it does not understand. */
public abstract sealed class RequestReader permits ChatReader, CompletionReader {
    /** Most answers to a prompt. */
    static final int MOST_ANSWERS = 128;

    private static final int MOST_STOPS = 4;
    /** Without a table of names: it would keep what strangers call things. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /**
     * What a body asks.
     *
     * @throws ApiException naming the field that is not understood
     */
    public final Asked read(byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JacksonException malformed) {
            throw ApiException.invalid(
                    null, "We could not parse the JSON body of your request: " + malformed.getOriginalMessage());
        }
        if (!(root instanceof ObjectNode object)) {
            throw ApiException.invalid(null, "The body of the request must be a JSON object.");
        }
        Fields fields = new Fields(object, "");
        Asked asked = read(fields);
        fields.refuseOthers();
        return asked;
    }

    abstract Asked read(Fields fields);

    /** What both kinds of requests say about drawing, made an {@link Asked} with what is special to each. */
    static Asked asked(Fields fields, Asked.Prompt prompt, Asked.Limit limit, boolean logProbs, int alternatives) {
        fields.only("frequency_penalty", "penalties are no part of the distribution that is trained", "0", "0.0");
        fields.only("presence_penalty", "penalties are no part of the distribution that is trained", "0", "0.0");
        fields.only("logit_bias", "biases are no part of the distribution that is trained", "{}");
        fields.without("user");
        boolean stream = fields.flag("stream");
        double topP = fields.number("top_p", 0, 1, 1);
        if (topP == 0) {
            throw fields.wrong("top_p", "must be above 0; temperature 0 takes the most probable token");
        }
        List<String> stop = fields.texts("stop", MOST_STOPS);
        if (stop.stream().anyMatch(String::isEmpty)) {
            throw fields.wrong("stop", "must hold no empty string");
        }
        return new Asked(
                fields.neededText("model"),
                prompt,
                fields.whole("n", 1, MOST_ANSWERS).orElse(1),
                fields.large("seed"),
                fields.number("temperature", 0, 2, 1),
                topP,
                Math.max(0, fields.whole("top_k", -1, Integer.MAX_VALUE).orElse(0)),
                fields.number("min_p", 0, 1, 0),
                stop,
                limit,
                logProbs,
                alternatives,
                stream,
                usage(fields, stream));
    }

    private static boolean usage(Fields fields, boolean stream) {
        return fields.fields("stream_options")
                .map(options -> {
                    if (!stream) {
                        throw ApiException.invalid(
                                "stream_options",
                                "The 'stream_options' parameter is only allowed when 'stream' is true.");
                    }
                    boolean usage = options.flag("include_usage");
                    options.only("include_obfuscation", "chunks are sent as they are", "false");
                    options.refuseOthers();
                    return usage;
                })
                .orElse(false);
    }
}
