@NullMarked
package dev.tempo.model.export;

import org.jspecify.annotations.NullMarked;
