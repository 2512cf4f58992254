/**
 * The options of a question that a response states as its answer, read from its sentences: an option counts when it is
 * stated, and not when it is denied, offered beside another or only spoken of. Everything works on texts of bounded
 * length and needs no framework.
 */
@NullMarked
package dev.tempo.verification.choice;

import org.jspecify.annotations.NullMarked;
