/** {@code ./tempo serve}: a model, or the versions of a run, for anything that speaks OpenAI's API. */
@NullMarked
package dev.tempo.standalone.serve;

import org.jspecify.annotations.NullMarked;
