/**
 * Says what "correct" means: rules joined with reference answers, and label-free votes over a question's samples.
 *
 * <p>{@link dev.tempo.plugin.Judge} is the extension point; {@link dev.tempo.judge.TrajectoryJudge} and {@link
 * dev.tempo.judge.VoteCounter} are the two roads of a trajectory through this service. A judge that cannot tell says
 * UNDECIDED, never wrong.
 */
@NullMarked
package dev.tempo.judge;

import org.jspecify.annotations.NullMarked;
