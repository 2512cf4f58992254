/** What a person sees of a run while it goes on: a live line, measurements as they come, plain words; or JSON lines. */
@NullMarked
package dev.tempo.standalone.progress;

import org.jspecify.annotations.NullMarked;
