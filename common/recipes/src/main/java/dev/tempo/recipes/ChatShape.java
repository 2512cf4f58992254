package dev.tempo.recipes;

import dev.tempo.contract.recipe.Chat;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.FlagShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.TextShape;

/** The shape of section {@code generation.chat}. */
final class ChatShape extends SectionShape<Chat> {
    private final Field<Chat, String> system =
            field("system", TextShape.ANY, Chat::system).optional("none").means("The system message.");
    private final Field<Chat, Boolean> enableThinking = field("enableThinking", new FlagShape(), Chat::enableThinking)
            .optional("undefined")
            .means("The template's variable `enable_thinking`.");

    ChatShape() {
        super("Settings of the model's chat template.");
    }

    @Override
    protected Chat build(Section s) {
        return new Chat(s.find(system), s.find(enableThinking));
    }
}
