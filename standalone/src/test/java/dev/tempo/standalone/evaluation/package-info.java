@NullMarked
package dev.tempo.standalone.evaluation;

import org.jspecify.annotations.NullMarked;
