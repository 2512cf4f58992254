/**
 * Values of a chat template's language as Python has them: what they print, when they are equal, what operators and
 * methods make of them. {@link dev.tempo.chat.python.Python} lists their Java types.
 */
@NullMarked
package dev.tempo.chat.python;

import org.jspecify.annotations.NullMarked;
