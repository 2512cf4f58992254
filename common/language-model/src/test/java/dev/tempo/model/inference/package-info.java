@NullMarked
package dev.tempo.model.inference;

import org.jspecify.annotations.NullMarked;
