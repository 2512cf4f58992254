@NullMarked
package dev.tempo.serving;

import org.jspecify.annotations.NullMarked;
