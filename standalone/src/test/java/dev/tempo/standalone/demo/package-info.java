@org.jspecify.annotations.NullMarked
package dev.tempo.standalone.demo;
