/** The judges that ship: rules that compare a response with its reference, and what kind of answer a reference is. */
@NullMarked
package dev.tempo.judging.rule;

import org.jspecify.annotations.NullMarked;
