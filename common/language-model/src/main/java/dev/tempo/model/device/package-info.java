/**
 * The device of a process: settings of the machine, CPU or GPU, the native library, and how computations end with the
 * process.
 */
@NullMarked
package dev.tempo.model.device;

import org.jspecify.annotations.NullMarked;
