@NullMarked
package dev.tempo.serving.http;

import org.jspecify.annotations.NullMarked;
