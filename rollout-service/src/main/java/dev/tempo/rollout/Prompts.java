package dev.tempo.rollout;

import dev.tempo.chat.ChatTemplate;
import dev.tempo.chat.ChatTemplateException;
import dev.tempo.contract.recipe.Chat;
import dev.tempo.contract.recipe.Generation;
import java.util.Optional;

/** The texts that a model continues, made of questions. */
final class Prompts {
    private Prompts() {}

    /**
     * The question within the recipe's prompt, through the model's chat template if the recipe asks for it.
     *
     * @throws UnanswerableException if the model has no chat template, or it refuses the question
     */
    static String text(String question, Generation generation, Optional<ChatTemplate> template) {
        Chat chat = generation.chat();
        String asked = generation.ask(question);
        if (chat == null) {
            return asked;
        }
        try {
            return template.orElseThrow(() -> new UnanswerableException(
                            "generation.chat needs a chat template, but the policy has neither chat_template.jinja nor"
                                    + " one in tokenizer_config.json"))
                    .prompt(chat.system(), asked, chat.enableThinking());
        } catch (ChatTemplateException refused) {
            throw new UnanswerableException(String.valueOf(refused.getMessage()));
        }
    }
}
