@NullMarked
package dev.tempo.standalone.chaos;

import org.jspecify.annotations.NullMarked;
