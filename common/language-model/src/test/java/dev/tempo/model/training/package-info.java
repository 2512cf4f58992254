@NullMarked
package dev.tempo.model.training;

import org.jspecify.annotations.NullMarked;
