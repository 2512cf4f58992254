package dev.tempo.recipes.shape;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.tempo.recipes.yaml.RecipeValue;
import java.util.Map;

/** The shape of regular expressions in RE2's syntax, which takes no text longer than its length says, whatever the expression. */
public record ExpressionShape() implements Shape<String> {
    @Override
    public String read(RecipeValue source, ReadContext context) {
        String text = TextShape.NOT_EMPTY.read(source, context);
        try {
            Pattern.compile(text);
            return text;
        } catch (PatternSyntaxException wrong) {
            throw source.error("is '" + text + "', which is no regular expression in RE2's syntax: "
                    + wrong.getDescription() + ": " + wrong.getPattern());
        }
    }

    @Override
    public Object write(String value, WriteContext context) {
        return value;
    }

    @Override
    public String words() {
        return "regular expression";
    }

    @Override
    public Map<String, Object> schema() {
        return TextShape.NOT_EMPTY.schema();
    }
}
