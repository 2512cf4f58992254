/** The loader of plug-ins from jars, for services; authors of plug-ins need nothing of it. */
@NullMarked
package dev.tempo.plugin.jar;

import org.jspecify.annotations.NullMarked;
