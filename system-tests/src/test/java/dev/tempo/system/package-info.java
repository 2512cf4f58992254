/** The whole system: a broker and services as processes, tiny runs from submission to report. */
@NullMarked
package dev.tempo.system;

import org.jspecify.annotations.NullMarked;
