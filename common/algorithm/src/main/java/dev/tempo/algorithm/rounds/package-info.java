/**
 * The bookkeeping of a round without threads, clocks or network: which questions are drawn, which responses are still owed,
 * when a batch is complete; and the random numbers that all draws use.
 */
@NullMarked
package dev.tempo.algorithm.rounds;

import org.jspecify.annotations.NullMarked;
