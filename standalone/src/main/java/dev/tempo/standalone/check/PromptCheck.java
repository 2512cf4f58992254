package dev.tempo.standalone.check;

import dev.tempo.chat.ChatTemplate;
import dev.tempo.contract.recipe.Chat;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.List;

/** Whether the model can be asked as the recipe wants it: what is wrong with that is wrong with every question. */
final class PromptCheck {
    private static final String ONE = "1";
    private static final String OTHER = "2";

    private PromptCheck() {}

    /** @throws dev.tempo.chat.ChatTemplateException naming file and line, if the template refuses what it is asked */
    static List<Finding> of(Generation generation, ModelDirectory model, ModelConfig config) {
        List<Finding> findings = new ArrayList<>();
        Chat chat = generation.chat();
        String prompt = generation.ask(ONE);
        if (chat != null) {
            ChatTemplate template = ChatTemplate.of(model.base()).orElse(null);
            if (template == null) {
                findings.add(Finding.problem(
                        "generation.chat",
                        model.base() + " has no chat template: neither chat_template.jinja nor one in"
                                + " tokenizer_config.json"));
                return findings;
            }
            prompt = template.prompt(chat.system(), prompt, chat.enableThinking());
            if (prompt.equals(template.prompt(chat.system(), generation.ask(OTHER), chat.enableThinking()))) {
                findings.add(Finding.problem(
                        "generation.chat",
                        "the chat template of " + model.base() + " makes the same prompt of every question; it has to"
                                + " write the messages' content"));
            }
        }
        int tokens = tokens(prompt, model);
        int limit = generation.maxNewTokens();
        if ((long) tokens + limit > config.maxPositions()) {
            findings.add(Finding.problem(
                    "generation.maxNewTokens",
                    "the model has " + config.maxPositions() + " positions (max_position_embeddings), too few for "
                            + limit + " new tokens behind a prompt, which has " + tokens + " for the shortest question;"
                            + " write less"));
        }
        return findings;
    }

    /** The tokens of a prompt; one where the vocabulary cannot express it, which says nothing of the questions. */
    private static int tokens(String prompt, ModelDirectory model) {
        try (Tokenizer tokenizer = model.tokenizer()) {
            return tokenizer.encode(prompt).length;
        } catch (IllegalArgumentException inexpressible) {
            return 1;
        }
    }
}
