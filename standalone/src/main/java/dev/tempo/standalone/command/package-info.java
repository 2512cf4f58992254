/** One class per {@code tempo} command. */
@NullMarked
package dev.tempo.standalone.command;

import org.jspecify.annotations.NullMarked;
