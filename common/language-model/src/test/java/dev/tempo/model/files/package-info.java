@NullMarked
package dev.tempo.model.files;

import org.jspecify.annotations.NullMarked;
