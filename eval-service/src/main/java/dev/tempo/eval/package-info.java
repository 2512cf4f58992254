/**
 * Measures policy versions on benchmark sets and shows how runs are doing.
 *
 * <p>{@link dev.tempo.eval.EvaluationPlanner} asks for a version's samples when the recipe says so, {@code
 * EvaluationRound} collects their verdicts, {@code SetScores} turns them into avg@k, pass@k and maj@k with intervals.
 */
@NullMarked
package dev.tempo.eval;

import org.jspecify.annotations.NullMarked;
