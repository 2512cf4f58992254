/** {@code ./tempo serve --demo}: a world that is served and learns from its questions, and a client that knows the answers and tells none. */
@NullMarked
package dev.tempo.standalone.demo;

import org.jspecify.annotations.NullMarked;
