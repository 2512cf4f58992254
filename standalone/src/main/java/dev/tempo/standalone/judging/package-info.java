/** Judging from the command line: responses in files, and how far two judges agree. */
@NullMarked
package dev.tempo.standalone.judging;

import org.jspecify.annotations.NullMarked;
