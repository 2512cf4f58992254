/** An OpenAI endpoint over the engine that generates rollouts: {@link dev.tempo.serving.ServingSettings} says how. */
@NullMarked
package dev.tempo.serving;

import org.jspecify.annotations.NullMarked;
