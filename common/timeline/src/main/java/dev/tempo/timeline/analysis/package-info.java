/** What recorded spans say: where the time of a run's rounds went, what each waited for, and which way through it was the longest. */
@NullMarked
package dev.tempo.timeline.analysis;

import org.jspecify.annotations.NullMarked;
