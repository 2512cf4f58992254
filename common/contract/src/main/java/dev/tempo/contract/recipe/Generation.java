package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tempo.contract.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of generation: how rollouts are sampled, and the text that a question becomes before the model continues
 * it.
 *
 * @param temperature of the sampling distribution; 0 for the most probable token always
 * @param maxNewTokens limit of a response, in tokens
 * @param environment name of the environment that may write tokens; null for none
 * @param prompt a text with {@code {question}} in it, which is what is asked; null for the question alone
 * @param chat puts what is asked through the model's chat template; null for the text as it is
 * @param stop texts at which a response ends; null for none
 * @param topK how many of the most probable tokens are left; null for all
 * @param topP the fewest most probable tokens whose probabilities sum to at least this are left; null for all
 * @param minP tokens at least this times as probable as the most probable one are left; null for all
 */
public record Generation(
        double temperature,
        int maxNewTokens,
        @Nullable String environment,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String prompt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Chat chat,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> stop,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer topK,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double topP,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double minP) {
    private static final String QUESTION = "{question}";

    public Generation {
        Check.atLeast("temperature", 0, temperature);
        Check.positive("maxNewTokens", maxNewTokens);
        if (prompt != null && !prompt.contains(QUESTION)) {
            throw new IllegalArgumentException("prompt has no " + QUESTION + " in it but is '" + prompt + "'");
        }
        if (stop != null && (stop.isEmpty() || stop.stream().anyMatch(String::isEmpty))) {
            throw new IllegalArgumentException("stop needs texts of a character or more but is " + stop);
        }
        stop = stop == null ? null : List.copyOf(stop);
        if (topK != null) {
            Check.positive("topK", topK);
        }
        if (topP != null) {
            share("topP", topP);
        }
        if (minP != null) {
            share("minP", minP);
        }
    }

    /** Settings that sample from all tokens by their probability. */
    public Generation(
            double temperature,
            int maxNewTokens,
            @Nullable String environment,
            @Nullable String prompt,
            @Nullable Chat chat,
            @Nullable List<String> stop) {
        this(temperature, maxNewTokens, environment, prompt, chat, stop, null, null, null);
    }

    /** Settings under which the model continues the question as it is, up to the end-of-sequence token. */
    public Generation(double temperature, int maxNewTokens, @Nullable String environment) {
        this(temperature, maxNewTokens, environment, null, null, null);
    }

    /** The text that is asked of the model: the question, within {@code prompt} where there is one. */
    public String ask(String question) {
        return prompt == null ? question : prompt.replace(QUESTION, question);
    }

    private static void share(String field, double value) {
        Check.positive(field, value);
        if (value > 1) {
            throw new IllegalArgumentException(field + " must be at most 1 but is " + value);
        }
    }
}
