@NullMarked
package dev.tempo.serving.openai;

import org.jspecify.annotations.NullMarked;
