/** What a run's endpoint has answered to a client that knows the right answers, and what became of it over time. */
@NullMarked
package dev.tempo.eval.served;

import org.jspecify.annotations.NullMarked;
