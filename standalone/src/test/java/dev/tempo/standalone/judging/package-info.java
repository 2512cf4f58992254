@NullMarked
package dev.tempo.standalone.judging;

import org.jspecify.annotations.NullMarked;
