@org.jspecify.annotations.NullMarked
package dev.tempo.judging.model;
