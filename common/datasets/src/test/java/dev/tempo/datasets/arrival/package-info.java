@NullMarked
package dev.tempo.datasets.arrival;

import org.jspecify.annotations.NullMarked;
