package dev.tempo.serving.openai;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** The reading of what is sent to {@code /v1/completions}. */
public final class CompletionReader extends RequestReader {
    private static final int MOST_PROMPTS = 128;
    private static final int MOST_ALTERNATIVES = 20;
    /** OpenAI's own, where a request does not say. */
    private static final int LIMIT = 16;

    @Override
    Asked read(Fields fields) {
        OptionalInt alternatives = fields.whole("logprobs", 0, MOST_ALTERNATIVES);
        fields.only("echo", "the prompt is not repeated", "false");
        fields.only("suffix", "there is no model that fills in");
        fields.only("best_of", "n answers are drawn and n are given", "1");
        int limit = fields.whole("max_tokens", 1, Integer.MAX_VALUE).orElse(LIMIT);
        return asked(
                fields,
                prompt(fields),
                new Asked.Limit(OptionalInt.of(limit), "max_tokens"),
                alternatives.isPresent(),
                alternatives.orElse(0));
    }

    private static Asked.Prompt prompt(Fields fields) {
        JsonNode prompt = fields.node("prompt");
        String rule = "must be a string, an array of up to " + MOST_PROMPTS
                + " strings, an array of token ids, or an array of such arrays, none of them empty";
        if (prompt == null) {
            throw ApiException.invalid("prompt", "Missing required parameter: 'prompt'.");
        }
        if (prompt.isString()) {
            return new Asked.Texts(List.of(prompt.asString()));
        }
        if (!prompt.isArray() || prompt.isEmpty()) {
            throw fields.wrong("prompt", rule);
        }
        if (prompt.get(0).isNumber()) {
            return new Asked.Tokens(List.of(ids(fields, prompt, rule)));
        }
        if (prompt.size() > MOST_PROMPTS) {
            throw fields.wrong("prompt", rule);
        }
        return prompt.get(0).isArray() ? tokens(fields, prompt, rule) : texts(fields, prompt, rule);
    }

    private static Asked.Prompt texts(Fields fields, JsonNode prompt, String rule) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : prompt) {
            if (!item.isString()) {
                throw fields.wrong("prompt", rule);
            }
            texts.add(item.asString());
        }
        return new Asked.Texts(texts);
    }

    private static Asked.Prompt tokens(Fields fields, JsonNode prompt, String rule) {
        List<List<Integer>> all = new ArrayList<>();
        prompt.forEach(item -> all.add(ids(fields, item, rule)));
        return new Asked.Tokens(all);
    }

    private static List<Integer> ids(Fields fields, JsonNode array, String rule) {
        if (!array.isArray() || array.isEmpty()) {
            throw fields.wrong("prompt", rule);
        }
        List<Integer> ids = new ArrayList<>();
        for (JsonNode id : array) {
            if (!id.isInt() || id.intValue() < 0) {
                throw fields.wrong("prompt", rule);
            }
            ids.add(id.intValue());
        }
        return ids;
    }
}
