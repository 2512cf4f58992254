/** The questions that arrive while a run goes on: what is known of them, which a round draws. No text of theirs is kept here. */
@NullMarked
package dev.tempo.policy.arrival;

import org.jspecify.annotations.NullMarked;
