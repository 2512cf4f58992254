/** Answers to whoever asks the policy: the versions of a run behind OpenAI's API, where a port is given for it. */
@NullMarked
package dev.tempo.rollout.serving;

import org.jspecify.annotations.NullMarked;
