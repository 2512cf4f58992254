/** The whole system on one machine, and its command line. */
@NullMarked
package dev.tempo.standalone;

import org.jspecify.annotations.NullMarked;
