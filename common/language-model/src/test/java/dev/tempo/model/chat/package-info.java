@NullMarked
package dev.tempo.model.chat;

import org.jspecify.annotations.NullMarked;
