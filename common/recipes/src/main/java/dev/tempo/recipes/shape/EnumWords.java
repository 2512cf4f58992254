package dev.tempo.recipes.shape;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The words that stand for an enum's constants in recipes and messages. */
final class EnumWords {
    private EnumWords() {}

    static String of(Enum<?> constant) {
        try {
            return constant.getDeclaringClass()
                    .getField(constant.name())
                    .getAnnotation(JsonProperty.class)
                    .value();
        } catch (NoSuchFieldException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
