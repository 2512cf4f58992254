@org.jspecify.annotations.NullMarked
package dev.tempo.timeline.analysis;
