package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.tempo.architecture.Project.Node;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds every schema of docs/asyncapi.yaml to the record, enum or value class of the same name. */
class AsyncApiSchemasTest {
    private static final Map<Class<?>, String> SCALARS = Map.of(
            String.class, "string",
            int.class, "integer int32",
            Integer.class, "integer int32",
            long.class, "integer int64",
            Long.class, "integer int64",
            double.class, "number double",
            Double.class, "number double",
            boolean.class, "boolean",
            Boolean.class, "boolean");

    private final Node schemas = Project.yaml("docs/asyncapi.yaml").at("components", "schemas");
    private final Set<Class<?>> reachable = reachable();

    @Test
    void thereIsASchemaForEveryTypeThatTopicsReachAndNoOther() {
        Set<String> names = new TreeSet<>();
        reachable.forEach(type -> names.add(type.getSimpleName()));
        assertThat(new TreeSet<>(schemas.map().keySet())).isEqualTo(names);
        assertThat(names).as("no two types share a name").hasSameSizeAs(reachable);
    }

    @Test
    void everyRecordHasItsFieldsInOrder() {
        for (Class<?> type : objects()) {
            assertThat(schema(type).at("properties").map().keySet())
                    .as("properties of %s", type.getSimpleName())
                    .containsExactlyElementsOf(components(type).stream()
                            .map(RecordComponent::getName)
                            .toList());
        }
    }

    @Test
    void requiredFieldsAreThoseThatAreNotNullable() {
        for (Class<?> type : objects()) {
            List<String> required = components(type).stream()
                    .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                    .map(RecordComponent::getName)
                    .toList();
            List<String> documented =
                    schema(type).has("required") ? schema(type).at("required").texts() : List.of();
            assertThat(documented).as("required of %s", type.getSimpleName()).isEqualTo(required);
        }
    }

    @Test
    void everyFieldHasItsTypeAndIsDescribed() {
        for (Class<?> type : objects()) {
            for (RecordComponent component : components(type)) {
                Node property = schema(type).at("properties", component.getName());
                assertType(property, component.getGenericType());
                assertThat(property.has("description") || property.has("$ref"))
                        .as("%s is described", property.path())
                        .isTrue();
            }
        }
    }

    @Test
    void enumsHaveTheirWireWords() throws NoSuchFieldException {
        for (Class<?> type : reachable) {
            if (type.isEnum()) {
                List<String> words = new java.util.ArrayList<>();
                for (Object constant : type.getEnumConstants()) {
                    JsonProperty named =
                            type.getField(((Enum<?>) constant).name()).getAnnotation(JsonProperty.class);
                    words.add(named == null ? constant.toString() : named.value());
                }
                assertThat(schema(type).at("enum").texts())
                        .as("words of %s", type.getSimpleName())
                        .isEqualTo(words);
            }
        }
    }

    @Test
    void valueClassesAreStrings() {
        for (Class<?> type : reachable) {
            if (isWrittenAsOneValue(type)) {
                Node schema = schema(type);
                assertThat(schema.at("type").text()).isEqualTo("string");
                assertThat(schema.has("contentEncoding"))
                        .as("%s is base64 of numbers, or text by a pattern", type.getSimpleName())
                        .isNotEqualTo(schema.has("pattern"));
            }
        }
    }

    @Test
    void everySchemaIsDescribed() {
        reachable.forEach(type -> assertThat(schema(type).at("description").text())
                .as("description of %s", type.getSimpleName())
                .isNotBlank());
    }

    private void assertType(Node property, Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            assertThat(property.at("type").text()).as(property.path()).isEqualTo("array");
            assertType(property.at("items"), generic.getActualTypeArguments()[0]);
        } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            assertThat(property.at("type").text()).as(property.path()).isEqualTo("object");
            assertType(property.at("additionalProperties"), generic.getActualTypeArguments()[1]);
        } else if (type instanceof Class<?> scalar && SCALARS.containsKey(scalar)) {
            String format = property.has("format") ? " " + property.at("format").text() : "";
            assertThat(property.at("type").text() + format).as(property.path()).isEqualTo(SCALARS.get(scalar));
        } else {
            assertThat(property.at("$ref").text())
                    .as(property.path())
                    .isEqualTo("#/components/schemas/" + ((Class<?>) type).getSimpleName());
        }
    }

    private Node schema(Class<?> type) {
        return schemas.at(type.getSimpleName());
    }

    private List<Class<?>> objects() {
        return reachable.stream()
                .filter(type -> type.isRecord() && !isWrittenAsOneValue(type))
                .toList();
    }

    /** Those of a part that is written without braces of its own stand among the others. */
    private static List<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .flatMap(component -> component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)
                        ? components(component.getType()).stream()
                        : Stream.of(component))
                .toList();
    }

    private static boolean isWrittenAsOneValue(Class<?> type) {
        return Arrays.stream(type.getMethods()).anyMatch(method -> method.isAnnotationPresent(JsonValue.class));
    }

    private static Set<Class<?>> reachable() {
        Set<Class<?>> found = new java.util.LinkedHashSet<>();
        Deque<Type> open =
                new ArrayDeque<>(Topics.all().stream().map(Topic::type).toList());
        while (!open.isEmpty()) {
            Type type = open.remove();
            if (type instanceof ParameterizedType generic) {
                open.addAll(List.of(generic.getActualTypeArguments()));
            } else if (type instanceof Class<?> named
                    && named.getName().startsWith("dev.tempo.")
                    && found.add(named)
                    && named.isRecord()
                    && !isWrittenAsOneValue(named)) {
                components(named).forEach(component -> open.add(component.getGenericType()));
            }
        }
        return found;
    }
}
