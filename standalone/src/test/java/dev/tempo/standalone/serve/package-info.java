@NullMarked
package dev.tempo.standalone.serve;

import org.jspecify.annotations.NullMarked;
