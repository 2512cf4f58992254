@NullMarked
package dev.tempo.judging.rule;

import org.jspecify.annotations.NullMarked;
