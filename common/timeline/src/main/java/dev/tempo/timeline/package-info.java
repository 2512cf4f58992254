/** Spans of time that services spend on a run, recorded beside their work and never read by it. */
@NullMarked
package dev.tempo.timeline;

import org.jspecify.annotations.NullMarked;
