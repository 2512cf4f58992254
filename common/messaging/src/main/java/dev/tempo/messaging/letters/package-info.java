/** Dead letters as a person deals with them: looked at, written again to where they came from, deleted. */
@NullMarked
package dev.tempo.messaging.letters;

import org.jspecify.annotations.NullMarked;
