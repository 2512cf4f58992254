package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The shape of texts. What YAML would read as a number or a truth value is the text that is written.
 *
 * @param allowed pattern that a whole text must match, here and in editors
 * @param words what the texts are
 */
public record TextShape(Pattern allowed, String words) implements Shape<String> {
    /** The shape of any text, empty ones too. */
    public static final TextShape ANY = new TextShape(Pattern.compile("^[\\s\\S]*$"), "text");

    /** The shape of texts of at least one character. */
    public static final TextShape NOT_EMPTY =
            new TextShape(Pattern.compile("^[\\s\\S]+$"), "text of at least one character");

    /** The shape of names of columns, sets and judges. */
    public static final TextShape WORD = new TextShape(Pattern.compile("^[\\s\\S]*\\S[\\s\\S]*$"), "text");

    @Override
    public String read(RecipeValue source, ReadContext context) {
        String text = source.scalar("a text").text();
        if (!allowed.matcher(text).matches()) {
            throw text.isBlank() ? source.error("is empty") : source.error("is '" + text + "' but must be a " + words);
        }
        return text;
    }

    @Override
    public Object write(String value, WriteContext context) {
        return value;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("string", "number", "boolean"));
        if (this != ANY) {
            schema.put("pattern", allowed.pattern());
        }
        return schema;
    }
}
