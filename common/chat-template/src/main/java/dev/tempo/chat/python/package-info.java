/**
 * Python's values as templates see them: what they print, when they are equal, what operators and methods give.
 * {@link dev.tempo.chat.python.Python} lists the Java types that represent them.
 */
@NullMarked
package dev.tempo.chat.python;

import org.jspecify.annotations.NullMarked;
