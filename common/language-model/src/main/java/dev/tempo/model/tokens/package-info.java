/** Tokens of texts: tokenizers, texts decoded token by token, and strings at which a response ends. */
@NullMarked
package dev.tempo.model.tokens;

import org.jspecify.annotations.NullMarked;
