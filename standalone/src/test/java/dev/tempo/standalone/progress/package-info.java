@NullMarked
package dev.tempo.standalone.progress;

import org.jspecify.annotations.NullMarked;
