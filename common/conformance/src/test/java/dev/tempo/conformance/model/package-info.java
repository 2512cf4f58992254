@NullMarked
package dev.tempo.conformance.model;

import org.jspecify.annotations.NullMarked;
