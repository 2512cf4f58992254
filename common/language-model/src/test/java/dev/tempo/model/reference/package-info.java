@NullMarked
package dev.tempo.model.reference;

import org.jspecify.annotations.NullMarked;
