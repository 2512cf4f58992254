@org.jspecify.annotations.NullMarked
package dev.tempo.eval.served;
