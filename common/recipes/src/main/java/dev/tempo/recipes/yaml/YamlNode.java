package dev.tempo.recipes.yaml;

/** A value in a YAML file: one text, a list or a mapping. Aliases and merge keys are resolved; types are not. */
public sealed interface YamlNode permits YamlScalar, YamlList, YamlMapping {

    Location location();

    /** The value as an error message shows it. */
    String shown();
}
