package dev.tempo.plugin;

import org.jspecify.annotations.Nullable;

/**
 * What may write into a response in the model's place: a calculator, a tool, a simulator. A recipe names it in {@code
 * generation.environment}. The model is not trained on what an environment wrote.
 *
 * <p>It is a pure function of its arguments, called from several threads and as often as needed, or else a repeated
 * generation would not be the same response.
 */
public interface TextEnvironment extends PlugIn {

    /**
     * The text that follows the response so far and is not the model's to write; null or empty where the model goes on by
     * itself. It is asked before every token of the model, and again behind its own text, so a text that calls for the same
     * text again never ends and is refused.
     *
     * @param prompt what the model continues, with special tokens by name
     * @param response what model and environment wrote so far, empty before the first token
     */
    @Nullable
    String next(String prompt, String response);
}
