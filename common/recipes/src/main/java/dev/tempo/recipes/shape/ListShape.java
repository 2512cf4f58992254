package dev.tempo.recipes.shape;

import dev.tempo.recipes.yaml.RecipeValue;
import dev.tempo.recipes.yaml.YamlList;
import dev.tempo.recipes.yaml.YamlNode;
import dev.tempo.recipes.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of lists whose items have one shape.
 *
 * @param least how many at least
 * @param most how many at most; null for any number
 */
public record ListShape<T>(
        Shape<T> item, int least, @Nullable Integer most) implements Shape<List<T>> {

    @Override
    public List<T> read(RecipeValue source, ReadContext context) {
        List<YamlNode> items = items(source);
        if (items.size() < least || most != null && items.size() > most) {
            String wanted = most == null ? "at least " + least : String.valueOf(least);
            throw source.error("must be a list of " + wanted + " (" + item.words() + ") but has " + items.size());
        }
        List<T> values = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            values.add(item.read(source.item(items.get(i), i), context));
        }
        return values;
    }

    private List<YamlNode> items(RecipeValue source) {
        if (source.node() instanceof YamlList list) {
            return list.items();
        }
        if (item instanceof SectionShape<?>) {
            throw source.mustBe("a list of sections, each of which begins with '- '");
        }
        String wanted = least > 1 ? " of " + least : "";
        String advice =
                least <= 1 && source.node() instanceof YamlScalar scalar ? "; write [" + scalar.text() + "]" : "";
        throw source.error("must be a list" + wanted + ", like [a, b], but is "
                + source.node().shown() + advice);
    }

    @Override
    public void refuseUnknown(RecipeValue source, ReadContext context) {
        if (source.node() instanceof YamlList list) {
            for (int i = 0; i < list.items().size(); i++) {
                item.refuseUnknown(source.item(list.items().get(i), i), context);
            }
        }
    }

    @Override
    public Object write(List<T> value, WriteContext context) {
        return value.stream().map(one -> item.write(one, context)).toList();
    }

    @Override
    public String words() {
        return most == null ? "list (" + item.words() + ")" : "list of " + most + " (" + item.words() + ")";
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        schema.put("items", item.schema());
        if (least > 0) {
            schema.put("minItems", least);
        }
        if (most != null) {
            schema.put("maxItems", most);
        }
        return schema;
    }
}
