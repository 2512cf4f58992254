@NullMarked
package dev.tempo.judge.plugin;

import org.jspecify.annotations.NullMarked;
