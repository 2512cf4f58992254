@NullMarked
package dev.tempo.model.planning;

import org.jspecify.annotations.NullMarked;
