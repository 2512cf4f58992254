@NullMarked
package dev.tempo.eval.dashboard;

import org.jspecify.annotations.NullMarked;
