/** Judges that users bring: in jars of a directory, and behind HTTP endpoints. */
@NullMarked
package dev.tempo.judging.plugin;

import org.jspecify.annotations.NullMarked;
