/** The endpoint: who may ask, how much at once, and the way of an answer from the engine to the client. */
@NullMarked
package dev.tempo.serving.http;

import org.jspecify.annotations.NullMarked;
