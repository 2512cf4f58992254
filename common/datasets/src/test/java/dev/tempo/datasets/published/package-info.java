@NullMarked
package dev.tempo.datasets.published;

import org.jspecify.annotations.NullMarked;
