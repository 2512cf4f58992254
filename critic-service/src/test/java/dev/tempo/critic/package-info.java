@NullMarked
package dev.tempo.critic;

import org.jspecify.annotations.NullMarked;
