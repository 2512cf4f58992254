package dev.tempo.recipes.shape;

import java.util.List;
import java.util.Map;

/**
 * The context in which a recipe is read.
 *
 * @param seed number that {@code {seed}} in a path stands for
 * @param sectionsOf the sections that have a field, by the field's name
 */
public record ReadContext(long seed, Map<String, List<String>> sectionsOf) {}
