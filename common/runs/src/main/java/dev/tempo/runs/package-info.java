/**
 * Runs as services and launcher share them: {@link dev.tempo.runs.RunDirectory} names a run's files,
 * {@link dev.tempo.runs.TrainerFiles} those that one trainer writes; {@link dev.tempo.runs.KnownRuns} holds the announced
 * runs, {@link dev.tempo.runs.RunBoard} where each of them stands.
 */
@NullMarked
package dev.tempo.runs;

import org.jspecify.annotations.NullMarked;
