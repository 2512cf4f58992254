package dev.tempo.plugin;

import org.jspecify.annotations.Nullable;

/**
 * An environment: a program that may write into a response in the model's place, such as a calculator, a tool or a
 * simulator. A recipe names an environment in {@code generation.environment}. The model is not trained on what an
 * environment wrote.
 *
 * <p>An environment is a pure function of its arguments, called from several threads and as often as needed: otherwise
 * a repeated generation would not give the same response.
 */
public interface TextEnvironment extends PlugIn {

    /**
     * The text that follows the response so far and is not the model's to write; null or empty where the model goes on
     * by itself. The environment is asked before every token of the model, and again after its own text, so a text that
     * calls for the same text again never ends and is refused.
     *
     * @param prompt what the model continues, with special tokens by name
     * @param response what model and environment wrote so far, empty before the first token
     */
    @Nullable
    String next(String prompt, String response);
}
