package dev.tempo.serving.http;

import dev.tempo.chat.ChatTemplateException;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.serving.openai.ApiException;
import dev.tempo.serving.openai.Asked;
import dev.tempo.serving.version.LoadedVersion;
import dev.tempo.serving.version.VersionCatalog;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A prompt as the model reads it. */
final class PromptTokens {
    private final int[] ids;
    private final @Nullable String text;
    private final int characters;

    /**
     * @param text of a chat; null where thoughts are not split off
     * @param whole the text of any prompt
     */
    private PromptTokens(int[] ids, @Nullable String text, String whole) {
        this.ids = ids;
        this.text = text;
        this.characters = whole.codePointCount(0, whole.length());
    }

    int[] ids() {
        return ids;
    }

    @Nullable
    String text() {
        return text;
    }

    /** Its length in Unicode characters. */
    int characters() {
        return characters;
    }

    /**
     * The prompts of a request.
     *
     * @throws ApiException if the model cannot be asked so
     */
    static List<PromptTokens> of(Asked asked, LoadedVersion version, VersionCatalog catalog) {
        Tokenizer tokenizer = version.tokenizer();
        if (asked.prompt() instanceof Asked.Texts texts) {
            return texts.texts().stream()
                    .map(text -> new PromptTokens(encoded(tokenizer, text, "prompt"), null, text))
                    .toList();
        }
        if (asked.prompt() instanceof Asked.Tokens tokens) {
            int vocabulary = version.policy().config().vocabularySize();
            return tokens.ids().stream()
                    .map(ids -> within(ids, vocabulary))
                    .map(ids -> new PromptTokens(ids, null, asked.logProbs() ? tokenizer.decode(ids) : ""))
                    .toList();
        }
        String text = text((Asked.Chat) asked.prompt(), version, catalog);
        return List.of(new PromptTokens(encoded(tokenizer, text, "messages"), text, text));
    }

    private static String text(Asked.Chat chat, LoadedVersion version, VersionCatalog catalog) {
        String question = chat.question();
        if (version.template().isPresent()) {
            try {
                return version.template().get().render(chat.variables());
            } catch (ChatTemplateException refused) {
                throw ApiException.invalid(
                        "messages", "The model's chat template refuses this: " + refused.getMessage());
            }
        }
        Optional<UnaryOperator<String>> asking = catalog.asking(version.version());
        if (asking.isEmpty()) {
            throw ApiException.invalid(
                    "messages", "The model has no chat template; send its prompt to /v1/completions instead.");
        }
        if (question == null) {
            throw ApiException.invalid(
                    "messages",
                    "The model has no chat template: it takes a single user message, which is asked as its recipe asks"
                            + " questions.");
        }
        return asking.get().apply(question);
    }

    private static int[] encoded(Tokenizer tokenizer, String text, String param) {
        int[] ids;
        try {
            ids = tokenizer.encode(text);
        } catch (IllegalArgumentException inexpressible) {
            throw ApiException.invalid(
                    param, "The text cannot be tokenized: the vocabulary lacks one of its characters.");
        }
        if (ids.length == 0) {
            throw ApiException.invalid(param, "The prompt has no tokens.");
        }
        return ids;
    }

    private static int[] within(List<Integer> ids, int vocabulary) {
        for (int id : ids) {
            if (id >= vocabulary) {
                throw ApiException.invalid(
                        "prompt", "There is no token " + id + ": the vocabulary ends at " + vocabulary + ".");
            }
        }
        return ids.stream().mapToInt(id -> id).toArray();
    }
}
