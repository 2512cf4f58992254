@NullMarked
package dev.tempo.judge.kafka;

import org.jspecify.annotations.NullMarked;
