/** Instances that succeed each other: which of them the broker still hears of, and whose word on a version counts. */
@NullMarked
package dev.tempo.messaging.succession;

import org.jspecify.annotations.NullMarked;
