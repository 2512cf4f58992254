package dev.tempo.standalone.evaluation;

import dev.tempo.chat.ChatTemplate;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Chat;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.model.directory.ModelDirectory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how a model is asked and its responses are sampled. */
public final class SamplingOptions {
    private static final String QUESTION = "{question}";
    private static final int LONGEST = 16_384;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description =
                    "The length at which a response is cut off; how many are is counted (default: 16384, or half of"
                            + " the model's positions if that is less).")
    private @Nullable Integer maxTokens;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            defaultValue = "1",
            description = "Of sampling; 0 takes the most probable token always (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(names = "--top-p", paramLabel = "P", description = "Sample from the most probable tokens of this mass.")
    private @Nullable Double topP;

    @Option(names = "--top-k", paramLabel = "N", description = "Sample from so many of the most probable tokens.")
    private @Nullable Integer topK;

    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            description =
                    "What is asked, with {question} in it, in place of the benchmark's own instruction; '{question}'"
                            + " asks the question alone.")
    private @Nullable String prompt;

    @Option(
            names = "--chat",
            negatable = true,
            description = "Ask through the model's chat template, or not (default: where the model has one).")
    private @Nullable Boolean chat;

    @Option(names = "--environment", paramLabel = "NAME", description = "The environment that may write tokens.")
    private @Nullable String environment;

    /** Whether the benchmark's own instruction stands below each question. */
    public boolean instructed() {
        return prompt == null;
    }

    /**
     * The settings for a model.
     *
     * @throws UserException if an option does not fit it
     */
    public Generation generation(Path directory) {
        if (prompt != null && !prompt.contains(QUESTION)) {
            throw new UserException("--prompt must have " + QUESTION + " in it but is '" + prompt + "'");
        }
        if (maxTokens != null && maxTokens < 1) {
            throw new UserException("--max-tokens must be at least 1 but is " + maxTokens);
        }
        ModelDirectory files = new ModelDirectory(directory);
        int positions = files.config().maxPositions();
        if (maxTokens != null && maxTokens >= positions) {
            throw new UserException("--max-tokens is " + maxTokens + ", but the model has " + positions
                    + " positions for question and response together");
        }
        boolean asked = chat != null ? chat : ChatTemplate.of(files.base()).isPresent();
        try {
            return new Generation(
                    temperature,
                    maxTokens != null ? maxTokens : Math.min(LONGEST, Math.max(1, positions / 2)),
                    environment,
                    prompt == null || prompt.equals(QUESTION) ? null : prompt,
                    asked ? new Chat(null, null) : null,
                    null,
                    topK,
                    topP,
                    null);
        } catch (IllegalArgumentException refused) {
            throw new UserException(String.valueOf(refused.getMessage()));
        }
    }
}
