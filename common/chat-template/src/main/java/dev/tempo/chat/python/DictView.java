package dev.tempo.chat.python;

import java.util.List;

/**
 * What {@code keys()}, {@code values()} and {@code items()} of a mapping give.
 *
 * @param kind how Python calls it: dict_keys, dict_values or dict_items
 * @param elements its elements
 */
record DictView(String kind, List<Object> elements) {}
