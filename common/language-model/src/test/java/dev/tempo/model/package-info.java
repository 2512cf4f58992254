@NullMarked
package dev.tempo.model;

import org.jspecify.annotations.NullMarked;
