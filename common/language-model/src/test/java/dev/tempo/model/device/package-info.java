@NullMarked
package dev.tempo.model.device;

import org.jspecify.annotations.NullMarked;
