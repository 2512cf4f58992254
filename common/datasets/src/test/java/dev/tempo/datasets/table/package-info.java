@NullMarked
package dev.tempo.datasets.table;

import org.jspecify.annotations.NullMarked;
