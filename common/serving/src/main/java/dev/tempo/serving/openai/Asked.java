package dev.tempo.serving.openai;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks.
 *
 * @param model the name that it gives
 * @param prompt what is to be continued
 * @param n answers to each prompt
 * @param seed of the random numbers; null for any
 * @param temperature the divisor of logits; 0 for the most probable token always
 * @param topP the probability that top-p keeps; 1 for all
 * @param topK the number of tokens that top-k keeps; 0 for all
 * @param minP the share of the highest probability that min-p asks for; 0 for all
 * @param stop texts that end an answer and are left out of it
 * @param limit of an answer's tokens
 * @param logProbs whether log-probabilities are told
 * @param alternatives how many of the most probable tokens are told beside each
 * @param stream whether the answer is sent while it is written
 * @param usage whether the last chunk of a stream counts tokens
 */
public record Asked(
        String model,
        Prompt prompt,
        int n,
        @Nullable Long seed,
        double temperature,
        double topP,
        int topK,
        double minP,
        List<String> stop,
        Limit limit,
        boolean logProbs,
        int alternatives,
        boolean stream,
        boolean usage) {
    public Asked {
        stop = List.copyOf(stop);
    }

    /**
     * How many tokens an answer may have.
     *
     * @param tokens empty for the server's number
     * @param field of the request that says it
     */
    public record Limit(OptionalInt tokens, String field) {}

    /** What is to be continued. */
    public sealed interface Prompt {
        /** How many prompts these are. */
        int count();
    }

    /**
     * Messages, which the model's chat template turns into text.
     *
     * @param variables of the template: messages, tools and those of chat_template_kwargs
     * @param question the text of the only message, where that is a user's and nothing else is asked of the template; else null
     */
    public record Chat(
            Map<String, @Nullable Object> variables,
            @Nullable String question) implements Prompt {
        @Override
        public int count() {
            return 1;
        }
    }

    /** Texts as they are. */
    public record Texts(List<String> texts) implements Prompt {
        public Texts {
            texts = List.copyOf(texts);
        }

        @Override
        public int count() {
            return texts.size();
        }
    }

    /** Tokens as they are. */
    public record Tokens(List<List<Integer>> ids) implements Prompt {
        public Tokens {
            ids = List.copyOf(ids);
        }

        @Override
        public int count() {
            return ids.size();
        }
    }

    /** Answers in all. */
    public int answers() {
        return n * prompt.count();
    }

    /** The field of the request that holds its prompt. */
    public String promptField() {
        return isChat() ? "messages" : "prompt";
    }

    /** The field of the request that asks for alternatives. */
    public String alternativesField() {
        return isChat() ? "top_logprobs" : "logprobs";
    }

    /** The text of a chat that has one message of a user and nothing else; null for whatever else is asked. */
    public @Nullable String question() {
        return prompt instanceof Chat chat ? chat.question() : null;
    }

    public boolean isChat() {
        return prompt instanceof Chat;
    }
}
