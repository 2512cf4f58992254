@NullMarked
package dev.tempo.model.scripts;

import org.jspecify.annotations.NullMarked;
