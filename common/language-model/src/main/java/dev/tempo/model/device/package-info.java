/**
 * Where a process computes: the device and the types set for the machine, the native library, and how computations
 * end with the process.
 */
@NullMarked
package dev.tempo.model.device;

import org.jspecify.annotations.NullMarked;
