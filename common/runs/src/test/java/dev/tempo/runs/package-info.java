@NullMarked
package dev.tempo.runs;

import org.jspecify.annotations.NullMarked;
