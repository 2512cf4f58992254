/**
 * Asks for and generates responses: {@link dev.tempo.rollout.UnlabeledPlanner} owns the unlabeled questions,
 * {@link dev.tempo.rollout.RolloutWorker} answers any request.
 */
@NullMarked
package dev.tempo.rollout;

import org.jspecify.annotations.NullMarked;
