package dev.tempo.standalone.quickstart;

import java.util.ArrayList;
import java.util.List;

/** The writer of a trace, character by character, which notes what the calculator contributes. */
final class TraceWriter {
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> calculated = new ArrayList<>();

    TraceWriter number(int value) {
        text.append(Block.digit(value));
        return this;
    }

    TraceWriter symbol(char symbol) {
        text.append(symbol);
        return this;
    }

    TraceWriter calculated(int value) {
        calculated.add(text.length());
        return number(value);
    }

    Trace of(String question) {
        return new Trace(question, text.toString(), List.copyOf(calculated));
    }
}
