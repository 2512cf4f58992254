/** The way from the text of an answer to its tree: LaTeX or plain notation, numbers, units and times of day. */
@NullMarked
package dev.tempo.verification.parsing;

import org.jspecify.annotations.NullMarked;
