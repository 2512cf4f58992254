@NullMarked
package dev.tempo.judging;

import org.jspecify.annotations.NullMarked;
