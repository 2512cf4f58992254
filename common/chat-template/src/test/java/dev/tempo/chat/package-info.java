@NullMarked
package dev.tempo.chat;

import org.jspecify.annotations.NullMarked;
