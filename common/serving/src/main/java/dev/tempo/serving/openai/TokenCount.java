package dev.tempo.serving.openai;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tokens of a request and its answers.
 *
 * @param thoughts those of the answers between think tags
 */
public record TokenCount(int prompts, int answers, int thoughts) {
    ObjectNode json() {
        ObjectNode usage = JsonNodeFactory.instance
                .objectNode()
                .put("prompt_tokens", prompts)
                .put("completion_tokens", answers)
                .put("total_tokens", prompts + answers);
        usage.putObject("completion_tokens_details").put("reasoning_tokens", thoughts);
        return usage;
    }
}
