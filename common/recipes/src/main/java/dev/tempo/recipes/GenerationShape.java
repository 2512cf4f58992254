package dev.tempo.recipes;

import dev.tempo.contract.recipe.Chat;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.recipes.shape.Field;
import dev.tempo.recipes.shape.ListShape;
import dev.tempo.recipes.shape.NumberRange;
import dev.tempo.recipes.shape.NumberShape;
import dev.tempo.recipes.shape.Section;
import dev.tempo.recipes.shape.SectionShape;
import dev.tempo.recipes.shape.TextShape;
import dev.tempo.recipes.shape.WholeShape;
import dev.tempo.recipes.shape.WordOrShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shape of section {@code generation}. */
final class GenerationShape extends SectionShape<Generation> {
    private final Field<Generation, Double> temperature = field(
                    "temperature", new NumberShape(NumberRange.NOT_NEGATIVE), Generation::temperature)
            .otherwise(1.0)
            .means(
                    "Divides the logits of the distribution that tokens are drawn from; 0 always takes the most probable token.");
    private final Field<Generation, Integer> maxNewTokens = field(
                    "maxNewTokens", WholeShape.atLeast(1), Generation::maxNewTokens)
            .in("tokens")
            .means("The length at which a response ends if it has not ended by itself.");
    private final Field<Generation, String> environment = field("environment", TextShape.WORD, Generation::environment)
            .optional("none")
            .means("The environment that may write tokens into a response; `calculator` is the quickstart's.");
    private final Field<Generation, String> prompt = field("prompt", TextShape.NOT_EMPTY, Generation::prompt)
            .optional("the question alone")
            .means("What is asked, with `{question}` where the question goes.");
    private final Field<Generation, Optional<Chat>> chat = field(
                    "chat", new WordOrShape<>(flags(), new ChatShape(), GenerationShape::word), GenerationShape::chat)
            .optional("`false`")
            .means("Whether what is asked goes through the model's chat template, and with which settings.");
    private final Field<Generation, List<String>> stop = field(
                    "stop", new ListShape<>(TextShape.NOT_EMPTY, 1, null), Generation::stop)
            .optional("none")
            .means("Texts at which a response ends, beside the model's own end-of-sequence tokens.");
    private final Field<Generation, Integer> topK = field("topK", WholeShape.atLeast(1), Generation::topK)
            .optional("all")
            .in("tokens")
            .means("How many of the most probable tokens may be drawn.");
    private final Field<Generation, Double> topP = field("topP", new NumberShape(NumberRange.SHARE), Generation::topP)
            .optional("1")
            .means("The fewest most probable tokens whose probabilities sum to at least this may be drawn.");
    private final Field<Generation, Double> minP = field("minP", new NumberShape(NumberRange.SHARE), Generation::minP)
            .optional("no token is left out")
            .means("Tokens at least this times as probable as the most probable one may be drawn.");

    GenerationShape() {
        super("How responses are sampled, and what a question is turned into before the model continues it.");
    }

    @Override
    protected Generation build(Section s) {
        return new Generation(
                s.get(temperature),
                s.get(maxNewTokens),
                s.find(environment),
                s.find(prompt),
                s.wordOrSection(chat),
                s.find(stop),
                s.find(topK),
                s.find(topP),
                s.find(minP));
    }

    private static Map<String, Optional<Chat>> flags() {
        Map<String, Optional<Chat>> flags = new LinkedHashMap<>();
        flags.put("true", Optional.of(new Chat(null, null)));
        flags.put("false", Optional.empty());
        return flags;
    }

    private static @Nullable String word(Chat chat) {
        return chat.equals(new Chat(null, null)) ? "true" : null;
    }

    private static @Nullable Optional<Chat> chat(Generation generation) {
        return generation.chat() == null ? null : Optional.of(generation.chat());
    }
}
