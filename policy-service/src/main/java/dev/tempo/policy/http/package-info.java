/** The way by HTTP for questions that arrive, and for their deletion. */
@NullMarked
package dev.tempo.policy.http;

import org.jspecify.annotations.NullMarked;
