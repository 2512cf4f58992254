@NullMarked
package dev.tempo.judging.plugin;

import org.jspecify.annotations.NullMarked;
