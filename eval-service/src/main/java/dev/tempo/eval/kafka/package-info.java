@NullMarked
package dev.tempo.eval.kafka;

import org.jspecify.annotations.NullMarked;
