@NullMarked
package dev.tempo.datasets.comparison;

import org.jspecify.annotations.NullMarked;
