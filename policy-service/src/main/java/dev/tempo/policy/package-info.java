/**
 * The policy: its M-step, its checkpoints and its published versions. It learns from valued trajectories alone and never
 * sees a verdict or an answer.
 */
@NullMarked
package dev.tempo.policy;

import org.jspecify.annotations.NullMarked;
