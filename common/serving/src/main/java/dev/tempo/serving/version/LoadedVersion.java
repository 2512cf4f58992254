package dev.tempo.serving.version;

import dev.tempo.chat.ChatTemplate;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.tokens.Tokenizer;
import java.util.Optional;

/**
 * A version in memory.
 *
 * @param sha256 of its weights in lower-case hexadecimal
 */
public record LoadedVersion(
        ServedVersion version, String sha256, Policy policy, Tokenizer tokenizer, Optional<ChatTemplate> template)
        implements AutoCloseable {
    private static final int DIGITS = 12;

    /**
     * Loads a version, to go before other work of this process.
     *
     * @throws dev.tempo.model.ModelFormatException if files are missing, damaged, or not those that were announced
     * @throws dev.tempo.chat.ChatTemplateException if its chat template is none
     */
    static LoadedVersion load(ServedVersion version, GenerationLimits limits, WeightType type) {
        ModelDirectory directory = new ModelDirectory(version.directory());
        String announced = version.sha256();
        String sha256;
        if (announced == null) {
            sha256 = directory.sha256();
        } else {
            directory.verify(announced);
            sha256 = announced;
        }
        Tokenizer tokenizer = directory.tokenizer();
        try {
            Optional<ChatTemplate> template = ChatTemplate.of(directory.base());
            return new LoadedVersion(
                    version, sha256, Policy.forServing(directory.path(), limits, type), tokenizer, template);
        } catch (RuntimeException unusable) {
            tokenizer.close();
            throw unusable;
        }
    }

    /** What says which weights wrote an answer: {@code v42-} and the first digits of their SHA-256. */
    public String fingerprint() {
        String digits = sha256.substring(0, DIGITS);
        return version.number().isPresent() ? "v" + version.number().getAsInt() + "-" + digits : digits;
    }

    @Override
    public void close() {
        policy.close();
        tokenizer.close();
    }
}
