@NullMarked
package dev.tempo.model.forward;

import org.jspecify.annotations.NullMarked;
