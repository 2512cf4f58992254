/** What may write tokens into a response in the policy's place. */
@NullMarked
package dev.tempo.rollout.environment;

import org.jspecify.annotations.NullMarked;
