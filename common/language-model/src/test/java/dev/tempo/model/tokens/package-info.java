@NullMarked
package dev.tempo.model.tokens;

import org.jspecify.annotations.NullMarked;
