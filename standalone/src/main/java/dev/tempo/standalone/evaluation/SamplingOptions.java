package dev.tempo.standalone.evaluation;

import dev.tempo.chat.ChatTemplate;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Chat;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.model.directory.ModelDirectory;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how a model is asked and its responses are sampled. What they leave open is, of a run's policy, as in its recipe. */
public final class SamplingOptions {
    private static final String QUESTION = "{question}";
    private static final int LONGEST = 16_384;
    private static final Chat CHAT = new Chat(null, null);

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description =
                    "The length at which a response is cut off; how many are is counted (default: 16384, or half of"
                            + " the model's positions if that is less; with --run the recipe's).")
    private @Nullable Integer maxTokens;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Of sampling; 0 takes the most probable token always (default: 1; with --run the recipe's).")
    private @Nullable Double temperature;

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
            description =
                    "Ask through the model's chat template, or not (default: where the model has one; with --run as in"
                            + " the recipe).")
    private @Nullable Boolean chat;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "The environment that may write tokens (default: none; with --run the recipe's).")
    private @Nullable String environment;

    /**
     * Whether a benchmark's own instruction stands below each question.
     *
     * @param usual how a run's policy is asked; null for a model of no run
     */
    public boolean instructed(@Nullable Generation usual) {
        return prompt == null && (usual == null || usual.prompt() == null);
    }

    /**
     * The settings for a model.
     *
     * @param usual how a run's policy is asked where no option says otherwise; null for a model of no run
     * @throws UserException if an option does not fit it
     */
    public Generation generation(Path directory, @Nullable Generation usual) {
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
        Generation otherwise = usual != null
                ? usual
                : new Generation(
                        1,
                        Math.min(LONGEST, Math.max(1, positions / 2)),
                        null,
                        null,
                        ChatTemplate.of(files.base()).isPresent() ? CHAT : null,
                        null);
        try {
            return new Generation(
                    temperature != null ? temperature : otherwise.temperature(),
                    maxTokens != null ? maxTokens : otherwise.maxNewTokens(),
                    environment != null ? environment : otherwise.environment(),
                    prompt == null ? otherwise.prompt() : prompt.equals(QUESTION) ? null : prompt,
                    chat(otherwise.chat()),
                    otherwise.stop(),
                    topK != null ? topK : otherwise.topK(),
                    topP != null ? topP : otherwise.topP(),
                    otherwise.minP());
        } catch (IllegalArgumentException refused) {
            throw new UserException(String.valueOf(refused.getMessage()));
        }
    }

    private @Nullable Chat chat(@Nullable Chat otherwise) {
        if (chat == null) {
            return otherwise;
        }
        return chat ? Objects.requireNonNullElse(otherwise, CHAT) : null;
    }
}
