/** How services find plug-ins in jars; authors of plug-ins need nothing of it. */
@NullMarked
package dev.tempo.plugin.jar;

import org.jspecify.annotations.NullMarked;
