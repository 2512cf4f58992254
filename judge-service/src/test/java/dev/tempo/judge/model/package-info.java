@org.jspecify.annotations.NullMarked
package dev.tempo.judge.model;
