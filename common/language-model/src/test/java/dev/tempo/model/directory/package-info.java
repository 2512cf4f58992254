@NullMarked
package dev.tempo.model.directory;

import org.jspecify.annotations.NullMarked;
