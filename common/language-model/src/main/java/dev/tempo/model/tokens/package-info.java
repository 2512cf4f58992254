/** Texts as tokens: tokenizers, text as tokens come, texts at which a response ends. */
@NullMarked
package dev.tempo.model.tokens;

import org.jspecify.annotations.NullMarked;
