package dev.tempo.standalone.quickstart;

import java.util.List;

/**
 * A worked answer.
 *
 * @param calculated positions of the response that the calculator wrote
 */
record Trace(String question, String response, List<Integer> calculated) {}
