package dev.tempo.chat.python;

import java.util.Iterator;

/** Python's generator: gives its elements once, and makes each when it is asked for. */
public final class PythonGenerator implements Iterator<Object> {
    private final Iterator<?> elements;

    /** Makes a generator of elements that are made as they are asked for. */
    public PythonGenerator(Iterator<?> elements) {
        this.elements = elements;
    }

    @Override
    public boolean hasNext() {
        return elements.hasNext();
    }

    @Override
    public Object next() {
        return elements.next();
    }
}
