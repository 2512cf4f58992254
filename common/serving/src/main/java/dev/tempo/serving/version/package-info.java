/** The policy versions that can be asked, and those of them that are in memory. */
@NullMarked
package dev.tempo.serving.version;

import org.jspecify.annotations.NullMarked;
