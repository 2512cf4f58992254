@NullMarked
package dev.tempo.model.config;

import org.jspecify.annotations.NullMarked;
