@NullMarked
package dev.tempo.policy;

import org.jspecify.annotations.NullMarked;
