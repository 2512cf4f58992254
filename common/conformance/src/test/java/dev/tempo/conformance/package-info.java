@org.jspecify.annotations.NullMarked
package dev.tempo.conformance;
