/** The protocol of a round without threads, clocks or network: what is drawn, what is awaited, when a batch is whole. */
@NullMarked
package dev.tempo.algorithm.rounds;

import org.jspecify.annotations.NullMarked;
