/** The whole system on one machine: broker and services as processes (or in one JVM), a run from submission to report. */
@NullMarked
package dev.tempo.standalone.launch;

import org.jspecify.annotations.NullMarked;
