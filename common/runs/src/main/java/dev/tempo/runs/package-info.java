/**
 * Runs on disk and in memory: {@link dev.tempo.runs.RunDirectory} names where a run's files lie,
 * {@link dev.tempo.runs.TrainerFiles} is the part of it that one trainer writes, {@link dev.tempo.runs.KnownRuns} what a
 * service has heard of runs, {@link dev.tempo.runs.RunBoard} where each of them stands.
 */
@NullMarked
package dev.tempo.runs;

import org.jspecify.annotations.NullMarked;
