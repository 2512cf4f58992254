package dev.tempo.chat.python;

import java.util.List;

/**
 * A view of a mapping, as its methods {@code keys()}, {@code values()} and {@code items()} give it.
 *
 * @param kind Python's name of the view's type: dict_keys, dict_values or dict_items
 * @param elements the elements of the view
 */
record DictView(String kind, List<Object> elements) {}
