/** OpenAI's API in words: what a request may ask, what an answer says. Nothing here opens a connection or computes. */
@NullMarked
package dev.tempo.serving.openai;

import org.jspecify.annotations.NullMarked;
